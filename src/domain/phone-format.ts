/** How a phone number is shown to somebody who is to dial it in China. */

/** A Chinese mobile without its country code, a Chinese landline with its area code, any other number as E.164. */
export function dialledPhone(phone: string): string {
  if (!phone.startsWith('+86')) return phone;
  const national = phone.slice(3);
  if (/^1[3-9]\d{9}$/.test(national)) return national;
  const landline = /^(10|2\d|[3-9]\d{2})(\d{7,8})$/.exec(national);
  return landline ? `0${landline[1]}-${landline[2]}` : national;
}

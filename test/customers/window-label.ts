/** A visit window as a customer reads it on a button: `11月22日 周日 14:00–16:00`, `Sunday 22 November, 14:00–16:00`. */
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const CHINESE = /(\d{1,2})月(\d{1,2})日 周. (\d{2}:\d{2})/;
const ENGLISH = new RegExp(`(\\d{1,2}) (${MONTHS.join('|')}), (\\d{2}:\\d{2})`);
const HALF_A_YEAR_MILLISECONDS = 183 * 86_400_000;

/** When it starts, or null when the label is no window. The year is the one that is near. */
export function windowStart(label: string, now: number): number | null {
  const chinese = CHINESE.exec(label);
  const english = ENGLISH.exec(label);
  const [month, day, clock] = chinese?.slice(1) ?? [String(MONTHS.indexOf(english?.[2] ?? '') + 1), english?.[1], english?.[3]];
  if (month === undefined || day === undefined || clock === undefined) return null;
  const year = new Date(now).getFullYear();
  const at = (inYear: number) => Date.parse(`${inYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${clock}:00+08:00`);
  return [year, year + 1].map(at).find((it) => it > now - HALF_A_YEAR_MILLISECONDS) ?? null;
}

/** Waits for work, but no longer than it may take: a stop must end though a server never answers. */

/** Resolves when `work` has ended either way, or after `milliseconds`; true when it ended. */
export async function inTime(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([ended, late]);
  clearTimeout(timer);
  return result;
}

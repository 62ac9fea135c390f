/** Says on the terminal what is being measured, and about how long it all will take yet. */
export type Progress = {
  /** What begins now, and how many seconds of the plan it is. */
  readonly say: (what: string, plannedSeconds: number) => void;
};

/** `plannedSeconds`: of everything. What is left is the rest of the plan at the pace so far. */
export function createProgress(plannedSeconds: number, print: (line: string) => void = console.log): Progress {
  const began = performance.now();
  let planned = 0;
  return {
    say: (what, seconds) => {
      const elapsed = (performance.now() - began) / 1_000;
      const pace = planned === 0 ? 1 : elapsed / planned;
      const left = Math.max(0, plannedSeconds - planned) * pace;
      planned += seconds;
      print(`${what.padEnd(60)} about ${Math.round(left)} s left`);
    },
  };
}

/** What this process costs: memory, processor time, and how long the event loop keeps its callers waiting. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export type ProcessFigures = {
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
  /** User and system together, since the start. */
  readonly cpuSeconds: number;
  readonly uptimeSeconds: number;
  /** Of the time since the figures were read before. */
  readonly loopDelay: { readonly meanSeconds: number; readonly p99Seconds: number; readonly maxSeconds: number };
};

export type ReadProcessFigures = () => ProcessFigures;

const RESOLUTION_MILLISECONDS = 20;
const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

/** Starts to watch the event loop; its timer never holds the process open. */
export function watchProcess(): ReadProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MILLISECONDS });
  delay.enable();
  return () => {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    // The monitor counts its own tick; without one there is no mean.
    const late = (nanoseconds: number) =>
      Number.isNaN(nanoseconds) ? 0 : Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MILLISECONDS / 1e3);
    const loopDelay = { meanSeconds: late(delay.mean), p99Seconds: late(delay.percentile(99)), maxSeconds: late(delay.max) };
    delay.reset();
    return {
      residentBytes: rss,
      heapUsedBytes: heapUsed,
      cpuSeconds: (user + system) / MICROSECONDS,
      uptimeSeconds: process.uptime(),
      loopDelay,
    };
  };
}

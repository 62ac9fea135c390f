/** How the desk's process fares, as it says itself at `/metrics`. Every look starts the next span of its event-loop delay. */

export type Health = {
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly cpuSeconds: number;
  /** Of the time since the look before. */
  readonly loopP99Milliseconds: number;
  readonly loopMaxMilliseconds: number;
};

const LOOK_MILLISECONDS_MAX = 30_000;

export async function healthOf(deskUrl: string): Promise<Health> {
  const response = await fetch(`${deskUrl}/metrics`, { signal: AbortSignal.timeout(LOOK_MILLISECONDS_MAX) });
  const text = await response.text();
  const figure = (name: string): number => {
    const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`/metrics says nothing of ${name}`);
    return Number(value);
  };
  return {
    residentBytes: figure('process_resident_memory_bytes'),
    heapBytes: figure('nodejs_heap_size_used_bytes'),
    cpuSeconds: figure('process_cpu_seconds'),
    loopP99Milliseconds: figure('nodejs_eventloop_lag_p99_seconds') * 1_000,
    loopMaxMilliseconds: figure('nodejs_eventloop_lag_max_seconds') * 1_000,
  };
}

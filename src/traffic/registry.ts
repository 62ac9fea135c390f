/**
 * Counters, gauges and histograms in the text format of Prometheus (0.0.4). Every metric holds a bounded number of
 * series: what would be one more is counted under `other`, so no caller can grow it without end.
 */

/** Values by label name, in the order the metric names them. */
export type Labels = Readonly<Record<string, string>>;

export type Counter = { readonly add: (labels?: Labels) => void };
export type Gauge = { readonly set: (value: number, labels?: Labels) => void; readonly clear: () => void };
export type Histogram = { readonly observe: (value: number, labels?: Labels) => void };

export type Registry = {
  readonly counter: (name: string, help: string, labelNames?: readonly string[]) => Counter;
  readonly gauge: (name: string, help: string, labelNames?: readonly string[]) => Gauge;
  /** `upTo` are the upper bounds of the buckets, rising; the one without a bound is added. */
  readonly histogram: (name: string, help: string, upTo: readonly number[], labelNames?: readonly string[]) => Histogram;
  /** All of it, as it stands; metrics without a series say nothing. */
  readonly text: () => string;
};

export const TEXT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const SERIES_MAX = 200;
const OTHER = 'other';

type Sample = { readonly suffix: string; readonly labels: Labels; readonly value: number };
type Family = { readonly head: string; readonly name: string; readonly samples: () => readonly Sample[] };

export function createRegistry(seriesMax = SERIES_MAX): Registry {
  const families: Family[] = [];

  const add = (kind: string, name: string, help: string, samples: Family['samples']): void => {
    families.push({ name, head: `# HELP ${name} ${escapedHelp(help)}\n# TYPE ${name} ${kind}\n`, samples });
  };

  return {
    counter(name, help, labelNames = []) {
      const series = createSeries(labelNames, seriesMax, () => ({ value: 0 }));
      if (labelNames.length === 0) series.of({});
      add('counter', name, help, () => series.all().map(({ labels, held }) => ({ suffix: '', labels, value: held.value })));
      return {
        add: (labels = {}) => {
          series.of(labels).value += 1;
        },
      };
    },

    gauge(name, help, labelNames = []) {
      const series = createSeries(labelNames, seriesMax, () => ({ value: 0 }));
      add('gauge', name, help, () => series.all().map(({ labels, held }) => ({ suffix: '', labels, value: held.value })));
      return {
        set: (value, labels = {}) => {
          series.of(labels).value = value;
        },
        clear: series.clear,
      };
    },

    histogram(name, help, upTo, labelNames = []) {
      const series = createSeries(labelNames, seriesMax, () => ({ counts: upTo.map(() => 0), count: 0, sum: 0 }));
      if (labelNames.length === 0) series.of({});
      add('histogram', name, help, () =>
        series.all().flatMap(({ labels, held }) => [
          ...upTo.map((bound, index) => ({
            suffix: '_bucket',
            labels: { ...labels, le: String(bound) },
            value: held.counts.slice(0, index + 1).reduce((sum, it) => sum + it, 0),
          })),
          { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: held.count },
          { suffix: '_sum', labels, value: held.sum },
          { suffix: '_count', labels, value: held.count },
        ]),
      );
      return {
        observe: (value, labels = {}) => {
          const held = series.of(labels);
          const bucket = upTo.findIndex((bound) => value <= bound);
          if (bucket >= 0) held.counts[bucket] = (held.counts[bucket] ?? 0) + 1;
          held.count += 1;
          held.sum += value;
        },
      };
    },

    text: () => families.map(textOf).join(''),
  };
}

type Series<Held> = {
  readonly of: (labels: Labels) => Held;
  readonly all: () => readonly { readonly labels: Labels; readonly held: Held }[];
  readonly clear: () => void;
};

function createSeries<Held>(labelNames: readonly string[], seriesMax: number, fresh: () => Held): Series<Held> {
  const byKey = new Map<string, { readonly labels: Labels; readonly held: Held }>();
  const place = (labels: Labels): Held => {
    const key = labelNames.map((it) => labels[it]).join('\n');
    const known = byKey.get(key);
    if (known !== undefined) return known.held;
    const made = { labels, held: fresh() };
    byKey.set(key, made);
    return made.held;
  };
  return {
    of(given) {
      const labels = Object.fromEntries(labelNames.map((it) => [it, given[it] ?? OTHER]));
      const isKnown = byKey.has(labelNames.map((it) => labels[it]).join('\n'));
      // The last place is kept for the rest.
      return isKnown || byKey.size < seriesMax - 1 ? place(labels) : place(Object.fromEntries(labelNames.map((it) => [it, OTHER])));
    },
    all: () => [...byKey.values()],
    clear: () => byKey.clear(),
  };
}

function textOf({ head, name, samples }: Family): string {
  const lines = samples().map(({ suffix, labels, value }) => `${name}${suffix}${labelsText(labels)} ${numberText(value)}\n`);
  return lines.length === 0 ? '' : head + lines.join('');
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapedLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function escapedHelp(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}

function escapedLabel(text: string): string {
  return escapedHelp(text).replace(/"/g, '\\"');
}

/** Horizontal bars of turns a second relative to the floor, as an SVG that can be read on light and on dark ground. */
import type { Results } from '../results.ts';
import { type Figures, figuresOf } from './figures.ts';

const WIDTH = 760;
const LABEL_WIDTH = 190;
const VALUE_WIDTH = 150;
const TOP = 56;
const ROW = 40;
const BAR = 15;
const BOTTOM = 34;

export function chartOf(results: Results): string {
  const figures = figuresOf(results).filter((it) => it.many.toFloor !== null && it.alone.toFloor !== null);
  const most = Math.max(1, ...figures.flatMap(({ many, alone }) => [many.toFloor ?? 0, alone.toFloor ?? 0]));
  const x = (ratio: number) => LABEL_WIDTH + (ratio / most) * (WIDTH - LABEL_WIDTH - VALUE_WIDTH);
  const height = TOP + figures.length * ROW + BOTTOM;
  const sorted = figures.toSorted((a, b) => (b.many.toFloor ?? 0) - (a.many.toFloor ?? 0));
  const floorX = x(1).toFixed(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Turns a second, relative to the floor">
<style>${STYLE}</style>
<text class="title" x="12" y="24">Turns a second, relative to the floor</text>
<rect class="peer" x="${LABEL_WIDTH}" y="36" width="10" height="10" rx="2"/><text class="note" x="${LABEL_WIDTH + 16}" y="45">32 at a time</text>
<rect class="peer alone" x="${LABEL_WIDTH + 110}" y="36" width="10" height="10" rx="2"/><text class="note" x="${LABEL_WIDTH + 126}" y="45">one at a time</text>
${sorted.map((it, place) => rowOf(it, TOP + place * ROW, x)).join('\n')}
<line class="floor-line" x1="${floorX}" x2="${floorX}" y1="${TOP - 4}" y2="${height - BOTTOM + 6}"/>
<text class="note" x="${floorX}" y="${height - 12}" text-anchor="middle">floor</text>
</svg>
`;
}

function rowOf({ entrant, many, alone }: Figures, y: number, x: (ratio: number) => number): string {
  const bar = (ratio: number, top: number, kind: string) =>
    `<rect class="${entrant.side} ${kind}" x="${LABEL_WIDTH}" y="${top}" width="${Math.max(1, x(ratio) - LABEL_WIDTH).toFixed(1)}" height="${BAR}" rx="2"/>`;
  const value = (ratio: number, turnsPerSecond: number, top: number) =>
    `<text class="note" x="${(x(ratio) + 6).toFixed(1)}" y="${top + BAR - 4}">${ratio.toFixed(2)} × (${Math.round(turnsPerSecond).toLocaleString('en')}/s)</text>`;
  const [manyRatio, aloneRatio] = [many.toFloor ?? 0, alone.toFloor ?? 0];
  const below = y + BAR + 2;
  return [
    `<text class="label" x="${LABEL_WIDTH - 10}" y="${y + BAR + 5}" text-anchor="end">${entrant.title}</text>`,
    bar(manyRatio, y, 'many'),
    value(manyRatio, many.turnsPerSecond, y),
    bar(aloneRatio, below, 'alone'),
    value(aloneRatio, alone.turnsPerSecond, below),
  ].join('\n');
}

/** Without a ground of its own: it takes the page's. */
const STYLE = `
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 15px }
.note { font-size: 12px; fill: #59636e }
.ours { fill: #0969da } .floor { fill: #59636e } .peer { fill: #a0a8b1 }
.alone { opacity: .55 }
.floor-line { stroke: #59636e; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .note { fill: #9198a1 }
  .ours { fill: #4493f8 } .floor { fill: #9198a1 } .peer { fill: #656c76 }
  .floor-line { stroke: #9198a1 }
}`;

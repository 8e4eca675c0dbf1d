// A line of the latest values, with the last one as text.

import { h, svg } from './dom.js';

const width = 120;
const height = 28;

/** Draws values, of which those that are null leave a gap. */
export function sparkline(title, values, format) {
  const known = values.filter(value => value !== null);
  if (known.length === 0) return h('span', { class: 'quiet' }, 'nothing yet');
  const top = Math.max(...known, Number.MIN_VALUE);
  const step = width / Math.max(1, values.length - 1);
  const drawing = svg('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${title}: now ${format(known.at(-1))}, at most ${format(top)}` });
  for (const run of runs(values)) {
    drawing.append(svg('polyline', { points: run.map(([i, value]) => `${(i * step).toFixed(1)},${(height - 2 - (value / top) * (height - 4)).toFixed(1)}`).join(' ') }));
  }
  return h('span', { class: 'sparkline' }, drawing, h('span', { 'aria-hidden': 'true' }, format(known.at(-1))));
}

function runs(values) {
  const all = [];
  let run = [];
  values.forEach((value, i) => {
    if (value === null) { all.push(run); run = []; } else run.push([i, value]);
  });
  return [...all, run].filter(part => part.length > 0).map(part => part.length === 1 ? [part[0], part[0]] : part);
}

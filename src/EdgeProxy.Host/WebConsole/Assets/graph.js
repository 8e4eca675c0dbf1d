// Flags that depend on flags, drawn: what is read to the left of what reads it.

import { h, plural, svg } from './dom.js';

const box = { width: 190, height: 30 };
const gap = { x: 70, y: 14 };
const maxNodes = 60;
const maxCharacters = 24;

/** Draws pairs of a feature and the one that it reads; null if there are too many to be read. */
export function graph(pairs) {
  const names = [...new Set(pairs.flat())];
  if (names.length > maxNodes) return null;
  const depths = depthsOf(names, pairs);
  const rows = new Map();
  const places = new Map(names.map(name => {
    const depth = depths.get(name);
    const row = rows.get(depth) ?? 0;
    rows.set(depth, row + 1);
    return [name, { x: depth * (box.width + gap.x) + 1, y: row * (box.height + gap.y) + 1 }];
  }));
  const width = (Math.max(...depths.values()) + 1) * (box.width + gap.x) - gap.x + 2;
  const height = Math.max(...rows.values()) * (box.height + gap.y) + gap.y;
  const drawing = svg('svg', { class: 'graph', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${plural(pairs.length, 'dependency', 'dependencies')} of ${plural(names.length, 'flag')}; the list below has them in words` });
  for (const [feature, prerequisite] of pairs) drawing.append(edge(places.get(prerequisite), places.get(feature)));
  for (const name of names) drawing.append(node(name, places.get(name)));
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Graph of flags that depend on flags' }, drawing);
}

/** How many flags are read one after another before each one. In a circle, where there is no end, as many as there are flags. */
function depthsOf(names, pairs) {
  const depths = new Map(names.map(name => [name, 0]));
  for (let pass = 0, moves = true; moves && pass < names.length; pass++) {
    moves = false;
    for (const [feature, prerequisite] of pairs) {
      const depth = Math.min(names.length - 1, depths.get(prerequisite) + 1);
      if (feature !== prerequisite && depths.get(feature) < depth) {
        depths.set(feature, depth);
        moves = true;
      }
    }
  }
  const used = [...new Set(depths.values())].sort((a, b) => a - b); // a circle leaves columns empty
  return new Map([...depths].map(([name, depth]) => [name, used.indexOf(depth)]));
}

function edge(from, to) {
  const [x1, y1, x2, y2] = [from.x + box.width, from.y + box.height / 2, to.x, to.y + box.height / 2];
  const bend = Math.max(gap.x / 2, Math.abs(x2 - x1) / 2);
  const around = x2 - x1 > gap.x ? box.height * 1.2 : 0; // below what lies between
  return svg('path', { d: `M${x1} ${y1} C${x1 + bend} ${y1 + around} ${x2 - bend} ${y2 + around} ${x2} ${y2}` });
}

function node(name, place) {
  const title = svg('title', {}, name);
  const short = [...name].length > maxCharacters ? `${[...name].slice(0, maxCharacters - 1).join('')}…` : name;
  return svg('g', { transform: `translate(${place.x} ${place.y})` }, title,
    svg('rect', { width: box.width, height: box.height, rx: 6 }),
    svg('text', { x: box.width / 2, y: box.height / 2 }, short));
}

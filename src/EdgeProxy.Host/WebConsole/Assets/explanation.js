// The explanation of a flag as a tree.

import { h, svg, name, value } from './dom.js';
import { condition as words, unwrap } from './words.js';

const marks = { yes: ['✓', 'holds'], no: ['✗', 'does not hold'], none: ['·', 'not evaluated'] };

function row(kind, ...content) {
  const [sign, word] = marks[kind];
  return h('div', { class: 'row' },
    h('span', { class: `mark ${kind}`, 'aria-hidden': 'true' }, sign),
    h('div', {}, h('span', { class: 'visually-hidden' }, `${word}: `), ...content));
}

const kindOf = part => part.result === undefined ? 'none' : part.result ? 'yes' : 'no';

function condition(item) {
  return h('li', {}, row(kindOf(item), ...(item.sentence === undefined ? words(item) : [name(item.sentence)])));
}

const ruleNames = { ALL: 'all of these', ANY: 'any of these', NONE: 'none of these' };

function rule(item) {
  item = unwrap(item);
  const inner = [...(item.conditions ?? []).map(condition), ...(item.rules ?? []).map(rule)];
  return h('li', {},
    row(kindOf(item), name(item.problem ?? ruleNames[item.type] ?? item.type), item.circular ? ' (a circle of flags that depend on each other)' : null),
    inner.length > 0 ? h('ul', {}, inner) : null);
}

/** The rules of a segment. */
export const rules = tree => h('ul', {}, rule(tree));

function candidate(item, flag) {
  const title = item.kind === 'segment' ? ['segment ', h('strong', {}, name(item.name))] : ['override of the identity'];
  const tree = item.applies ? flag.rules : item.rules;
  return h('li', {},
    row(item.not_evaluated !== undefined ? 'none' : item.applies || item.lost ? 'yes' : 'no', ...title, ': ', name(item.not_evaluated ?? item.because)),
    tree ? rules(tree) : null);
}

function variants(data) {
  const bar = svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img', 'aria-label': `The identity is at ${data.bucket.toFixed(2)} of 100` });
  for (const range of data.ranges) {
    bar.append(svg('rect', { class: range.picked ? 'range picked' : 'range', x: range.from, y: 0, width: Math.max(0, Math.min(100, range.to) - range.from), height: 10 }));
  }
  bar.append(svg('line', { class: 'needle', x1: data.bucket, x2: data.bucket, y1: 0, y2: 10 }));
  return [
    h('h2', {}, 'Variants'),
    h('div', { class: 'bar' }, bar),
    h('ul', { class: 'tree' }, data.ranges.map(range => h('li', {}, row(range.picked ? 'yes' : 'no', value(range.value), ` from ${range.from} to ${range.to} %`)))),
    h('p', { class: 'quiet small' }, `The identity is at ${data.bucket.toFixed(4)}.${data.ranges.some(range => range.picked) ? '' : ' That is beyond all variants, so it gets the control value.'}`),
  ];
}

/** All that is known of a flag. */
export function explanation(flag) {
  return [
    h('h2', {}, 'Who may decide it, strongest first'),
    h('ul', { class: 'tree' },
      flag.candidates.map(item => candidate(item, flag)),
      h('li', {}, row(flag.decided_by.kind === 'environment' ? 'yes' : 'none', 'the setting of the environment'))),
    ...(flag.variants ? variants(flag.variants) : []),
    h('h2', {}, 'As SDKs get it'),
    h('dl', { class: 'facts' },
      h('dt', {}, 'Reason'), h('dd', {}, name(flag.reason)),
      flag.variant === null ? null : [h('dt', {}, 'Variant'), h('dd', {}, name(flag.variant))],
      h('dt', {}, 'Value'), h('dd', {}, value(flag.value)),
      flag.visible.client ? null : [h('dt', {}, 'Clients'), h('dd', {}, `do not get it, because ${flag.visible.because}`)]),
  ];
}

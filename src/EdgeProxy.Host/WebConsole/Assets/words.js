// Rules and conditions in words, as the document has them.

import { h, name, value } from './dom.js';

const types = { ALL: 'all of these hold', ANY: 'one of these holds', NONE: 'none of these holds' };

const operators = {
  EQUAL: 'is', NOT_EQUAL: 'is not', GREATER_THAN: '>', GREATER_THAN_INCLUSIVE: '>=', LESS_THAN: '<', LESS_THAN_INCLUSIVE: '<=',
  CONTAINS: 'contains', NOT_CONTAINS: 'does not contain', IN: 'is one of', REGEX: 'matches', MODULO: 'modulo', IS_SET: 'is there', IS_NOT_SET: 'is not there',
};

/** The rule that says the same as a rule which only wraps another one. */
export function unwrap(rule) {
  const inner = rule.rules ?? [];
  return rule.type !== 'NONE' && !rule.problem && !rule.circular && !rule.conditions && inner.length === 1 ? unwrap(inner[0]) : rule;
}

/** A rule as an item of a list. */
export function rule(item) {
  return h('li', {}, types[item.type] ?? name(item.type), h('ul', {},
    (item.conditions ?? []).map(inner => h('li', {}, condition(inner))),
    (item.rules ?? []).map(inner => rule(unwrap(inner)))));
}

/** A condition. */
export function condition(item) {
  if (item.operator === 'PERCENTAGE_SPLIT') return [name(item.property === '' ? 'the identity' : item.property), ` is within the first ${item.operand} %`];
  const operand = item.operator === 'IS_SET' || item.operator === 'IS_NOT_SET' ? [] : [' ', value(Array.isArray(item.operand) ? item.operand.join(', ') : item.operand)];
  return [name(item.property === '' ? 'no trait' : item.property), ` ${operators[item.operator] ?? item.operator}`, ...operand];
}

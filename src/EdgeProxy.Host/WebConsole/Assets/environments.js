// The environments: state, freshness, version, counts, last error.

import { h, name, age, plural } from './dom.js';
import { requestsOf, slowestRequests } from './history.js';
import { sparkline } from './sparkline.js';

export class EnvironmentsView {
  title = 'Environments';
  #cards = h('div', { class: 'cards' });
  #slowest = h('p', { class: 'quiet' });

  constructor(environments) {
    this.element = h('div', {}, h('h1', {}, 'Environments'), h('p', { class: 'quiet' }, 'What this proxy serves, and how fresh it is. Updated every five seconds.'), this.#slowest, this.#cards);
    this.refresh(environments);
  }

  refresh(environments) {
    this.#slowest.replaceChildren('99 of 100 requests of SDKs took no longer than: ', sparkline('99th percentile of requests', slowestRequests(), milliseconds));
    this.#cards.replaceChildren(...environments.map(card), ...(environments.length === 0 ? [h('p', { class: 'notice' }, 'The proxy serves no environment.')] : []));
  }

  close() {}
}

const milliseconds = value => `${value < 1 ? value.toFixed(2) : value.toFixed(0)} ms`;
const perSecond = value => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} a second`;

/** The age of the document against the interval of polls. */
function freshness(item) {
  if (item.poll_interval_seconds === undefined || item.age_seconds === undefined) return null;
  return h('meter', {
    min: 0, max: item.poll_interval_seconds * 3, low: item.poll_interval_seconds * 1.3, high: item.poll_interval_seconds * 2, optimum: 0,
    value: item.age_seconds, 'aria-label': `Fetched ${item.age_seconds.toFixed(0)} s ago; polled every ${item.poll_interval_seconds} s`,
  });
}

const pills = { ok: 'ok', stale: 'stale', 'not loaded': 'bad' };

function card(item) {
  const error = item.last_error ?? item.rejected_document;
  const link = `environment=${encodeURIComponent(item.client_side_key)}`;
  return h('section', { class: 'panel card', 'aria-label': item.name ?? item.client_side_key },
    h('h2', {}, name(item.name || item.client_side_key), h('span', { class: `pill ${pills[item.status] ?? 'bad'}` }, item.status)),
    h('dl', { class: 'facts' },
      h('dt', {}, 'Key'), h('dd', { class: 'mono' }, item.client_side_key),
      h('dt', {}, 'Source'), h('dd', {}, `${item.kind}${item.source ? `, from ${item.source}` : ''}`),
      h('dt', {}, 'Fetched'), h('dd', {}, age(item.age_seconds), ' ', freshness(item)),
      h('dt', {}, 'Requests'), h('dd', {}, sparkline('Requests', requestsOf(item.client_side_key), perSecond)),
      item.updated_at ? [h('dt', {}, 'Changed'), h('dd', {}, new Date(item.updated_at).toLocaleString())] : null,
      item.version ? [h('dt', {}, 'Revision'), h('dd', { class: 'mono' }, item.version)] : null,
      item.features === undefined ? null : [h('dt', {}, 'Content'), h('dd', {}, `${plural(item.features, 'feature')}, ${plural(item.segments, 'segment')}, ${plural(item.identity_overrides, 'identity override')}`)],
      item.failures > 0 ? [h('dt', {}, 'Consecutive failures'), h('dd', {}, `${item.failures}`)] : null),
    error ? h('p', { class: `notice small${item.failures > 0 ? ' bad' : ''}` }, `${new Date(error.at).toLocaleString()}: `, name(error.message)) : null,
    item.held ? h('p', { class: 'notice small' }, 'A version is held: ', name(item.held.reason)) : null,
    item.status === 'not loaded' ? null : h('p', { class: 'actions small' }, h('a', { href: `#/environment?${link}` }, 'Features and segments'), h('a', { href: `#/ask?${link}` }, 'Ask'), h('a', { href: `#/changes?${link}` }, 'Changes')));
}

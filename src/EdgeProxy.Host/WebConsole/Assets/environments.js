// The environments: state, freshness, version, counts, last error.

import { h, name, age, plural } from './dom.js';

export class EnvironmentsView {
  title = 'Environments';
  #cards = h('div', { class: 'cards' });

  constructor(environments) {
    this.element = h('div', {}, h('h1', {}, 'Environments'), h('p', { class: 'quiet' }, 'What this proxy serves, and how fresh it is. Updated every five seconds.'), this.#cards);
    this.refresh(environments);
  }

  refresh(environments) {
    this.#cards.replaceChildren(...environments.map(card), ...(environments.length === 0 ? [h('p', { class: 'notice' }, 'The proxy serves no environment.')] : []));
  }

  close() {}
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
      h('dt', {}, 'Fetched'), h('dd', {}, age(item.age_seconds)),
      item.updated_at ? [h('dt', {}, 'Changed'), h('dd', {}, new Date(item.updated_at).toLocaleString())] : null,
      item.version ? [h('dt', {}, 'Revision'), h('dd', { class: 'mono' }, item.version)] : null,
      item.features === undefined ? null : [h('dt', {}, 'Content'), h('dd', {}, `${plural(item.features, 'feature')}, ${plural(item.segments, 'segment')}, ${plural(item.identity_overrides, 'identity override')}`)],
      item.failures > 0 ? [h('dt', {}, 'Consecutive failures'), h('dd', {}, `${item.failures}`)] : null),
    error ? h('p', { class: `notice small${item.failures > 0 ? ' bad' : ''}` }, `${new Date(error.at).toLocaleString()}: `, name(error.message)) : null,
    item.status === 'not loaded' ? null : h('p', { class: 'actions small' }, h('a', { href: `#/environment?${link}` }, 'Features and segments'), h('a', { href: `#/ask?${link}` }, 'Ask')));
}

// Changes of an environment as a timeline, each with the two versions side by side; and the version that is held.

import * as api from './api.js';
import { h, announce, name, plural } from './dom.js';

export class ChangesView {
  title = 'Changes';
  #environments;
  #key;
  #version;
  #held;
  #list = h('div', {}, h('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  #running = new AbortController();

  constructor(environments, parameters) {
    this.#environments = environments;
    const wanted = parameters.get('environment');
    const environment = environments.find(item => item.client_side_key === wanted || item.name === wanted) ?? environments[0];
    this.#key = environment?.client_side_key;
    this.#note(environments);
    const select = h('select', { id: 'environment', onchange: event => { location.hash = `#/changes?environment=${encodeURIComponent(event.target.value)}`; } },
      environments.map(item => h('option', { value: item.client_side_key, selected: item.client_side_key === this.#key }, `${item.name ?? 'not loaded'} (${item.client_side_key})`)));
    this.element = h('div', {},
      h('h1', {}, 'Changes'),
      h('p', { class: 'quiet' }, 'What each new version changed since this process started, the latest first.'),
      environments.length === 0 ? null : h('div', { class: 'field narrow' }, h('label', { for: 'environment' }, 'Environment'), select),
      this.#list);
    this.#load();
  }

  refresh(environments) {
    const [version, held] = [this.#version, this.#held];
    this.#note(environments);
    if (version !== this.#version || held !== this.#held) this.#load();
  }

  close() { this.#running.abort(); }

  #note(environments) {
    const current = environments.find(item => item.client_side_key === this.#key);
    this.#version = current?.version;
    this.#held = current?.held?.version;
  }

  async #load() {
    if (this.#environments.length === 0) {
      this.#list.replaceChildren(h('p', { class: 'notice' }, 'The proxy serves no environment.'));
      return;
    }
    this.#running.abort();
    this.#running = new AbortController();
    try {
      const answer = await api.changes(this.#key, this.#running.signal);
      this.#list.replaceChildren(
        ...(answer.held ? [this.#heldVersion(answer.held)] : []),
        answer.changes.length === 0
          ? h('p', { class: 'notice' }, 'Nothing changed since the first version.')
          : h('ol', { class: 'timeline', 'aria-label': 'Changes' }, answer.changes.map((item, i) => change(item, i === 0))));
    } catch (error) {
      if (error.status === 401) throw error;
      if (error.name !== 'AbortError') this.#list.replaceChildren(h('p', { class: 'notice' }, name(error.message)));
    }
  }

  #heldVersion(held) {
    const problem = h('p', { class: 'small', role: 'alert' });
    const release = async event => {
      event.target.disabled = true;
      try {
        await api.release(this.#key);
        announce('Released. It is served as soon as it is fetched again.');
        problem.textContent = 'Released. It is served as soon as it is fetched again.';
      } catch (error) {
        event.target.disabled = false;
        problem.textContent = error.message;
      }
    };
    return h('section', { class: 'panel held', 'aria-label': 'Held version' },
      h('h2', {}, 'A version is held'),
      h('p', {}, `Since ${new Date(held.since).toLocaleString()}, because `, name(held.impact.text), '. The version before it is still served.'),
      h('p', { class: 'quiet small' }, `Version ${held.version}${held.updated_at ? `, changed ${new Date(held.updated_at).toLocaleString()}` : ''}`),
      effect(held.impact),
      held.differences.length > 0 ? differences(held) : null,
      h('p', { class: 'actions release' }, h('button', { class: 'main', type: 'button', onclick: release }, 'Release it')),
      problem);
  }
}

function change(item, isOpen) {
  return h('li', {}, h('details', { class: 'panel', open: isOpen },
    h('summary', {}, h('time', { datetime: item.served_since }, new Date(item.served_since).toLocaleString()), ' ', h('strong', {}, name(item.summary))),
    h('p', { class: 'quiet small' }, `From ${item.source}, checked and compiled in ${(item.compile_seconds * 1000).toFixed(1)} ms. `,
      'Version ', h('span', { class: 'mono' }, item.version), ' in place of ', h('span', { class: 'mono' }, item.previous_version)),
    item.impact ? effect(item.impact) : null,
    item.count === 0 ? null : differences(item)));
}

/** For how many identities of the sample each feature changes. */
function effect(impact) {
  if (impact.features.length === 0) return h('p', { class: 'small' }, name(impact.text));
  return h('ul', { class: 'effect', 'aria-label': `Effect on ${plural(impact.sampled_identities, 'sampled identity', 'sampled identities')}` }, impact.features.slice(0, 10).map(item => h('li', {},
    h('span', {}, name(item.feature)),
    h('meter', { min: 0, max: 100, low: 10, high: 50, optimum: 0, value: item.percent, 'aria-label': `${item.feature}: ${item.percent} % of the sampled identities` }),
    h('span', { class: 'quiet small' }, `${item.percent} %`))));
}

function differences(item) {
  const rows = item.differences.map(one => h('tr', {},
    h('td', {}, name(one.feature ?? '')), h('td', {}, name(one.segment ?? '')), h('td', {}, one.kind.replaceAll('_', ' ')),
    h('td', {}, one.before === null ? '' : h('code', { class: 'before' }, one.before)),
    h('td', {}, one.after === null ? one.identities ? plural(one.identities, 'identity', 'identities') : '' : h('code', { class: 'after' }, one.after))));
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `What version ${item.version} changes` },
    h('table', {}, h('thead', {}, h('tr', {}, ['Feature', 'Segment', 'What', 'Before', 'After'].map(title => h('th', { scope: 'col' }, title)))), h('tbody', {}, rows)),
    item.count > item.differences.length ? h('p', { class: 'quiet small' }, `${item.count - item.differences.length} more are not listed.`) : null);
}

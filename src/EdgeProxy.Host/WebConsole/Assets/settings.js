// The settings that the process started with, and where each came from.

import * as api from './api.js';
import { h, name } from './dom.js';

export class SettingsView {
  title = 'Settings';
  #rows = [];
  #filter = '';
  #onlySet = true;
  #body = h('tbody');
  #count = h('p', { class: 'quiet small', role: 'status' }, 'Loading…');
  #running = new AbortController();

  constructor() {
    const find = h('input', { type: 'search', id: 'find', autocomplete: 'off', oninput: event => { this.#filter = event.target.value.toLowerCase(); this.#show(); } });
    const onlySet = h('input', { type: 'checkbox', checked: true, onchange: event => { this.#onlySet = event.target.checked; this.#show(); } });
    this.element = h('div', {},
      h('h1', {}, 'Settings'),
      h('p', { class: 'quiet' }, 'What this process started with. Secrets are masked; only the first source in the order option, environment variable, file counts.'),
      h('section', { class: 'panel', 'aria-label': 'Settings' },
        h('div', { class: 'toolbar' }, h('div', { class: 'grow' }, h('label', { for: 'find' }, 'Find a setting'), find), h('label', { class: 'check' }, onlySet, 'only those that are set')),
        this.#count,
        h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of settings' },
          h('table', {}, h('thead', {}, h('tr', {}, ['Setting', 'Value', 'From'].map(title => h('th', { scope: 'col' }, title)))), this.#body))));
    this.#load();
  }

  refresh() {}

  close() { this.#running.abort(); }

  async #load() {
    try {
      const settings = await api.settings(this.#running.signal);
      this.#rows = settings.map(item => ({
        item,
        row: h('tr', {}, h('td', { class: 'mono' }, item.name), h('td', {}, item.value === null ? h('span', { class: 'quiet' }, 'none') : h('code', {}, JSON.stringify(item.value))), h('td', {}, name(item.source ?? 'the default'))),
      }));
      this.#body.replaceChildren(...this.#rows.map(({ row }) => row));
      this.#show();
    } catch (error) {
      if (error.status === 401) throw error;
      if (error.name !== 'AbortError') this.#count.textContent = error.message;
    }
  }

  #show() {
    let shown = 0;
    for (const { item, row } of this.#rows) {
      row.hidden = (this.#onlySet && item.source === null) || !item.name.includes(this.#filter);
      shown += row.hidden ? 0 : 1;
    }
    this.#count.textContent = `${shown} of ${this.#rows.length} settings`;
  }
}

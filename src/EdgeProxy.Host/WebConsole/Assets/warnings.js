// The latest warnings and errors of the log.

import * as api from './api.js';
import { h, name } from './dom.js';

export class WarningsView {
  title = 'Warnings';
  #list = h('div', {}, h('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  #running = new AbortController();
  #shown;

  constructor() {
    this.element = h('div', {}, h('h1', {}, 'Warnings'), h('p', { class: 'quiet' }, 'The latest hundred entries of the log of level WARNING and above, since the process started.'), this.#list);
    this.#load();
  }

  refresh() { this.#load(); }

  close() { this.#running.abort(); }

  async #load() {
    try {
      const warnings = await api.warnings(this.#running.signal);
      const text = JSON.stringify(warnings);
      if (text === this.#shown) return;
      this.#shown = text;
      this.#list.replaceChildren(warnings.length === 0
        ? h('p', { class: 'notice good' }, 'There is none.')
        : h('ol', { class: 'timeline', 'aria-label': 'Warnings' }, warnings.map(item => h('li', { class: 'panel' },
          h('p', { class: 'small' }, h('span', { class: `pill ${item.level === 'WARNING' ? 'stale' : 'bad'}` }, item.level.toLowerCase()), ' ',
            h('time', { class: 'quiet', datetime: item.at }, new Date(item.at).toLocaleString()), h('span', { class: 'quiet' }, ` · ${item.event_id}`)),
          h('p', { class: 'message' }, name(item.message))))));
    } catch (error) {
      if (error.status === 401) throw error;
      if (error.name !== 'AbortError') this.#list.replaceChildren(h('p', { class: 'notice' }, name(error.message)));
    }
  }
}

// The fleet: the store, the members, and who serves which version.

import * as api from './api.js';
import { h, name, plural } from './dom.js';

export class FleetView {
  title = 'Fleet';
  #content = h('div', {}, h('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  #running = new AbortController();

  constructor() {
    this.element = h('div', {}, h('h1', {}, 'Fleet'), h('p', { class: 'quiet' }, 'Instances that share documents through a store.'), this.#content);
    this.#load();
  }

  refresh() { this.#load(); }

  close() { this.#running.abort(); }

  async #load() {
    try {
      const fleet = await api.fleet(this.#running.signal);
      this.#content.replaceChildren(...(fleet.store === null
        ? [h('p', { class: 'notice' }, 'This instance is on its own: ', h('code', {}, 'fleet.store'), ' is not set.')]
        : [store(fleet), members(fleet.members, fleet.instance), ...fleet.environments.map(environment)]));
    } catch (error) {
      if (error.status === 401) throw error;
      if (error.name !== 'AbortError') this.#content.replaceChildren(h('p', { class: 'notice' }, name(error.message)));
    }
  }
}

const store = fleet => h('section', { class: 'panel', 'aria-label': 'Store' },
  h('h2', {}, 'Store ', h('span', { class: `pill ${fleet.store.state === 'ok' ? 'ok' : 'bad'}` }, fleet.store.state)),
  h('p', { class: 'mono' }, fleet.store.address),
  fleet.store.problem ? h('p', { class: 'notice bad small' }, name(fleet.store.problem), fleet.store.away_since ? ` since ${new Date(fleet.store.away_since).toLocaleString()}` : '') : null);

const members = (list, own) => h('section', { class: 'panel', 'aria-label': 'Members' },
  h('h2', {}, plural(list.length, 'member')),
  table('Table of members', ['Name', 'Version', 'Started', 'Address'], list.map(item => [
    [name(item.name), item.name === own ? h('span', { class: 'quiet' }, ' (this one)') : null], item.version, new Date(item.started).toLocaleString(), item.address ?? ''])));

const environment = item => h('section', { class: 'panel', 'aria-label': item.name ?? item.client_side_key },
  h('h2', {}, name(item.name ?? item.client_side_key)),
  h('p', { class: 'quiet small' }, item.lease ? ['Polled by ', name(item.lease)] : 'Nobody holds the lease.'),
  table(`Versions of ${item.name ?? item.client_side_key}`, ['Member', 'Version', 'Changed', 'Behind'], item.members.map(member => [
    name(member.name), h('span', { class: 'mono' }, member.version), member.updated_at ? new Date(member.updated_at).toLocaleString() : '',
    member.behind ? h('span', { class: 'pill stale' }, `${member.behind_seconds.toFixed(0)} s`) : 'no'])));

const table = (title, columns, rows) => h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title },
  h('table', {}, h('thead', {}, h('tr', {}, columns.map(text => h('th', { scope: 'col' }, text)))), h('tbody', {}, rows.map(cells => h('tr', {}, cells.map(cell => h('td', {}, cell)))))));

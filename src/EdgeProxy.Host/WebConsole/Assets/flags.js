// The list of flags: rows that stay, so that what is open stays open, and what changes shows.

import { h, name, value, announce, plural } from './dom.js';
import { explanation } from './explanation.js';

const isText = flag => typeof flag.value === 'string' && flag.value === '' || flag.value === null;

export class FlagList {
  #rows = new Map();
  #filter = '';
  #onlyOn = false;
  #list = h('ul', { class: 'list', 'aria-label': 'Flags' });
  #count = h('p', { class: 'quiet small' });

  constructor() {
    const search = h('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false', oninput: event => { this.#filter = event.target.value.toLowerCase(); this.#show(); } });
    const onlyOn = h('input', { type: 'checkbox', onchange: event => { this.#onlyOn = event.target.checked; this.#show(); } });
    this.element = h('div', {},
      h('div', { class: 'toolbar' },
        h('div', { class: 'grow' }, h('label', { for: 'search' }, 'Find a flag'), search),
        h('label', { class: 'check' }, onlyOn, 'only flags that are on')),
      this.#count,
      this.#list);
  }

  /** Shows flags, and marks those that differ from the ones before. */
  update(flags, isAnswerToChange) {
    const before = this.#rows;
    const rows = new Map();
    const changed = [];
    for (const flag of flags) {
      const row = before.get(flag.feature) ?? this.#create();
      const outcome = JSON.stringify([flag.enabled, flag.value, flag.variant]);
      if (row.outcome !== undefined && row.outcome !== outcome && isAnswerToChange) changed.push(row);
      this.#fill(row, flag, outcome);
      rows.set(flag.feature, row);
    }
    this.#rows = rows;
    for (const row of rows.values()) row.details.classList.remove('changed');
    if (changed.length > 0) {
      void this.#list.offsetWidth; // restarts the animation
      for (const row of changed) row.details.classList.add('changed');
      const names = changed.slice(0, 3).map(row => `${row.flag.feature} is ${row.flag.enabled ? 'on' : 'off'}`).join(', ');
      announce(`${plural(changed.length, 'flag')} changed: ${names}${changed.length > 3 ? ', …' : ''}`);
    }
    const items = [...rows.values()].map(row => row.item);
    if (items.length !== this.#list.children.length || items.some((item, i) => item !== this.#list.children[i])) this.#list.replaceChildren(...items);
    this.#show();
  }

  #create() {
    const row = { head: h('div', { class: 'head' }), sentence: h('div', { class: 'sentence' }), pill: h('span', { class: 'pill' }), body: h('div', { class: 'body' }), text: '' };
    row.details = h('details', { class: 'flag', ontoggle: () => this.#open(row) }, h('summary', {}, row.pill, row.head, row.sentence), row.body);
    row.item = h('li', {}, row.details);
    return row;
  }

  #fill(row, flag, outcome) {
    row.flag = flag;
    row.outcome = outcome;
    const text = JSON.stringify(flag);
    if (text === row.text) return;
    row.text = text;
    row.pill.className = `pill ${flag.enabled ? 'on' : 'off'}`;
    row.pill.textContent = flag.enabled ? 'on' : 'off';
    row.head.replaceChildren(
      h('span', { class: 'name' }, name(flag.feature)),
      ...(isText(flag) ? [] : [value(flag.value)]),
      ...(flag.variant === null ? [] : [h('span', { class: 'quiet small' }, 'variant ', name(flag.variant))]),
      ...(flag.visible.client ? [] : [h('span', { class: 'tag' }, 'servers only')]));
    row.sentence.replaceChildren(name(flag.summary.replace(/^(on|off)( with .*?)?: /s, match => match.length < 200 ? '' : match)));
    this.#open(row);
  }

  #open(row) {
    if (!row.details.open) row.shown = undefined;
    else if (row.shown !== row.text) {
      row.shown = row.text;
      row.body.replaceChildren(...explanation(row.flag));
    }
  }

  #show() {
    let shown = 0;
    for (const row of this.#rows.values()) {
      const matches = (!this.#onlyOn || row.flag.enabled) && (this.#filter === '' || row.flag.feature.toLowerCase().includes(this.#filter));
      row.item.hidden = !matches;
      shown += matches ? 1 : 0;
    }
    const total = this.#rows.size;
    this.#count.textContent = total === 0 ? 'This environment has no features.' : shown === total ? plural(total, 'flag') : `${shown.toLocaleString('en')} of ${plural(total, 'flag')}`;
  }
}

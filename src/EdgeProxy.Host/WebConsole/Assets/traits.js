// Rows of traits: a name and a value, with the type that it is sent as.

import { typeOf } from './api.js';
import { h } from './dom.js';

export class TraitRows {
  #rows = h('div', { class: 'traits' });
  #changed;

  constructor(changed) {
    this.#changed = changed;
    this.element = h('div', {}, this.#rows, h('button', { type: 'button', onclick: () => this.#add('', '').key.focus() }, 'Add a trait'));
  }

  /** The traits that have a name. */
  read() {
    return [...this.#rows.children].map(row => [...row.querySelectorAll('input')].map(input => input.value)).filter(([key]) => key !== '');
  }

  fill(traits) {
    this.#rows.replaceChildren();
    for (const [key, value] of traits) this.#add(key, value);
  }

  #add(key, value) {
    const type = h('span', { class: 'type' });
    const show = () => { type.textContent = content.value === '' ? '' : `sent as ${article[typeOf(content.value)]}`; };
    const onedit = () => { show(); this.#changed(); };
    const name = h('input', { 'aria-label': 'Name of the trait', placeholder: 'name', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', value: key, oninput: onedit });
    const content = h('input', { 'aria-label': 'Value of the trait', placeholder: 'value', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', value, oninput: onedit });
    const remove = h('button', { type: 'button', 'aria-label': 'Remove the trait', onclick: () => { row.remove(); this.#changed(); this.element.lastElementChild.focus(); } }, '×');
    const row = h('div', { class: 'trait' }, name, content, remove, type);
    this.#rows.append(row);
    show();
    return { key: name };
  }
}

const article = { text: 'text', number: 'a number', boolean: 'a boolean' };

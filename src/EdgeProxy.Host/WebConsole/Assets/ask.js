// Ask: an identifier and traits, typed; every flag with its sentence, as one types.

import * as api from './api.js';
import { h, debounce, name } from './dom.js';
import { FlagList } from './flags.js';
import { addressOf, questionOf } from './question.js';
import { TraitRows } from './traits.js';

const delay = 120;

export class AskView {
  title = 'Ask';
  #environments;
  #question;
  #flags = new FlagList();
  #traits = new TraitRows(() => this.#changed());
  #facts = h('p', { class: 'quiet small' });
  #notice = h('div', { 'aria-live': 'polite' });
  #curl = h('pre', { tabindex: '0', 'aria-label': 'The request for curl' });
  #running = null;
  #revision;
  #hasAnswer = false;
  #askSoon = debounce(() => this.#ask(), delay);

  constructor(environments, parameters) {
    this.#environments = environments;
    this.#question = questionOf(parameters, environments);
    this.element = h('div', {},
      h('h1', {}, 'Why does somebody get these flags?'),
      h('p', { class: 'quiet' }, 'Type an identifier and traits. Flags that change are marked; open one for its reasons.'),
      h('div', { class: 'columns' }, this.#form(), h('section', { 'aria-label': 'Answer' }, this.#notice, this.#facts, this.#flags.element)));
    this.#ask();
  }

  /** Asks again if the document of the environment was replaced. */
  refresh(environments) {
    const current = environments.find(item => item.client_side_key === this.#question.environment);
    if (current && this.#revision && current.version !== this.#revision) this.#ask();
  }

  close() { this.#running?.abort(); }

  #form() {
    const question = this.#question;
    const environment = h('select', { id: 'environment', onchange: event => { question.environment = event.target.value; this.#hasAnswer = false; this.#changed(); } },
      this.#environments.map(item => h('option', { value: item.client_side_key, selected: item.client_side_key === question.environment }, `${item.name ?? 'not loaded'} (${item.client_side_key})`)));
    const audience = h('select', { id: 'audience', onchange: event => { question.audience = event.target.value; this.#changed(); } },
      h('option', { value: 'server', selected: question.audience === 'server' }, 'a server (server-side key)'),
      h('option', { value: 'client', selected: question.audience === 'client' }, 'a client (client-side key)'));
    const identifier = h('input', {
      id: 'identifier', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', value: question.identifier, placeholder: 'none: the environment flags',
      oninput: event => { question.identifier = event.target.value; this.#changed(); },
    });
    this.#identifier = identifier;
    this.#traits.fill(question.traits);
    return h('form', { class: 'panel sticky', 'aria-label': 'Question', onsubmit: event => event.preventDefault() },
      h('div', { class: 'field' }, h('label', { for: 'environment' }, 'Environment'), environment),
      h('div', { class: 'field' }, h('label', { for: 'audience' }, 'Asked by'), audience),
      h('div', { class: 'field' }, h('label', { for: 'identifier' }, 'Identifier'), identifier),
      h('fieldset', { class: 'plain field' }, h('legend', { class: 'label' }, 'Traits'), this.#traits.element),
      h('details', { class: 'field' }, h('summary', {}, 'Paste the body of a request'), this.#paste()),
      h('details', {}, h('summary', {}, 'The same with curl'), this.#curl));
  }

  #identifier;

  #paste() {
    const problem = h('p', { class: 'small', role: 'alert' });
    const text = h('textarea', { id: 'body', spellcheck: 'false', placeholder: '{"identifier":"ada","traits":[{"trait_key":"plan","trait_value":"enterprise"}]}' });
    const use = () => {
      try {
        const body = JSON.parse(text.value);
        this.#question.identifier = String(body.identifier ?? '');
        this.#question.traits = (body.traits ?? []).map(trait => [String(trait.trait_key), textOf(trait.trait_value)]);
        this.#identifier.value = this.#question.identifier;
        this.#traits.fill(this.#question.traits);
        problem.textContent = '';
        this.#changed();
      } catch {
        problem.textContent = 'This is not the body of an identity request.';
      }
    };
    return h('div', {}, h('label', { for: 'body' }, 'Body of POST /api/v1/identities/'), text, problem, h('button', { type: 'button', onclick: use }, 'Use it'));
  }

  #changed() {
    this.#question.traits = this.#traits.read();
    history.replaceState(null, '', addressOf(this.#question));
    this.#askSoon();
  }

  async #ask() {
    this.#running?.abort();
    const running = this.#running = new AbortController();
    this.#curl.textContent = curlOf(this.#question);
    const { identifier } = this.#question;
    if (this.#environments.length === 0) {
      this.#say('The proxy serves no environment.');
      return;
    }
    try {
      const answer = await api.explain(this.#question, { signal: running.signal });
      this.#revision = answer.environment.revision;
      this.#notice.replaceChildren();
      const ignored = answer.identity?.ignored_traits;
      this.#facts.replaceChildren(
        'Environment ', h('strong', {}, name(answer.environment.name)), answer.environment.updated_at ? ` of ${new Date(answer.environment.updated_at).toLocaleString()}` : '',
        ...(answer.identity === null ? [', without an identity'] : identifier === '' ? [] : [', for ', h('strong', {}, name(identifier))]), ignored ? `. Traits are ignored: ${ignored}` : '');
      this.#flags.update(answer.flags, this.#hasAnswer);
      this.#hasAnswer = true;
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (error.status === 429) this.#askSoon();
      else if (error.status === 401) throw error;
      else this.#say(error.message);
    }
  }

  #say(text) { this.#notice.replaceChildren(h('p', { class: 'notice' }, name(text))); }
}

const textOf = json => typeof json !== 'string' ? String(json) : api.typeOf(json) === 'text' ? json : `"${json}"`;

const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`;

function curlOf(question) {
  const hasIdentity = question.identifier !== '' || question.traits.length > 0;
  return `curl -H 'X-Environment-Key: <key>' ${quoted(`${location.origin}/proxy/explain`)}${hasIdentity ? ` -d ${quoted(api.bodyOf(question))}` : ''}`;
}

// One environment: its features with their own state and overrides, its segments in words, and what depends on what.

import * as api from './api.js';
import { h, name, value, plural } from './dom.js';
import { graph } from './graph.js';
import { rule, unwrap } from './words.js';

export class EnvironmentView {
  #environment;
  #content = h('div', {}, h('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  #running = new AbortController();
  #revision;

  constructor(environments, parameters) {
    const key = parameters.get('environment');
    this.#environment = environments.find(item => item.client_side_key === key);
    this.title = this.#environment?.name ?? 'Environment';
    this.element = h('div', {}, h('h1', {}, name(this.title)), this.#content);
    this.#load();
  }

  refresh(environments) {
    const current = environments.find(item => item.client_side_key === this.#environment?.client_side_key);
    if (current && this.#revision && current.version !== this.#revision) {
      this.#environment = current;
      this.#load();
    }
  }

  close() { this.#running.abort(); }

  async #load() {
    if (!this.#environment) {
      this.#content.replaceChildren(h('p', { class: 'notice' }, 'The proxy does not serve this environment.'));
      return;
    }
    try {
      const question = { environment: this.#environment.client_side_key, identifier: '', traits: [] };
      const answer = await api.explain(question, { all: true, signal: this.#running.signal });
      this.#revision = answer.environment.revision;
      const segments = segmentsOf(answer.flags);
      this.#content.replaceChildren(features(answer.flags, this.#environment.identity_overrides ?? 0), segmentList(segments), dependencies(segments));
    } catch (error) {
      if (error.name !== 'AbortError') this.#content.replaceChildren(h('p', { class: 'notice' }, name(error.message)));
    }
  }
}

function features(flags, identityOverrides) {
  const rows = flags.map(flag => h('tr', {},
    h('td', {}, h('strong', {}, name(flag.feature))),
    h('td', {}, h('span', { class: `pill ${flag.enabled ? 'on' : 'off'}` }, flag.enabled ? 'on' : 'off')),
    h('td', {}, value(flag.value)),
    h('td', {}, offers(flag.offers ?? [])),
    h('td', {}, list(flag.candidates.filter(item => item.kind === 'segment').map(item => item.name))),
    h('td', {}, flag.visible.client ? 'all' : `servers only: ${flag.visible.because}`)));
  const body = h('tbody', {}, rows);
  const search = event => rows.forEach((row, i) => { row.hidden = !flags[i].feature.toLowerCase().includes(event.target.value.toLowerCase()); });
  return h('section', { class: 'panel', 'aria-label': 'Features' },
    h('h2', {}, plural(flags.length, 'feature')),
    h('p', { class: 'quiet small' }, 'The environment flags: without an identity, no segment matches whose rules need traits. ', plural(identityOverrides, 'identity override'), ' of the environment come before any segment.'),
    flags.length === 0 ? null : h('div', { class: 'field' }, h('label', { for: 'find' }, 'Find a feature'), h('input', { type: 'search', id: 'find', autocomplete: 'off', oninput: search })),
    flags.length === 0 ? null : h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of features' },
      h('table', {}, h('thead', {}, h('tr', {}, ['Feature', 'State', 'Value', 'Variants', 'Segments, strongest first', 'Visible to'].map(title => h('th', { scope: 'col' }, title)))), body)));
}

const offers = variants => variants.length === 0 ? h('span', { class: 'quiet' }, 'none') : variants.flatMap((variant, i) => [i === 0 ? null : ', ', value(variant.value), ` ${variant.weight} %`]);

const list = names => names.length === 0 ? h('span', { class: 'quiet' }, 'none') : names.flatMap((text, i) => i === 0 ? [name(text)] : [', ', name(text)]);

/** The segments with overrides, each with its rules and the features that it overrides. */
function segmentsOf(flags) {
  const segments = new Map();
  for (const flag of flags) {
    for (const item of flag.candidates) {
      if (item.kind !== 'segment') continue;
      const segment = segments.get(item.id) ?? { name: item.name, features: [], rules: null };
      segment.features.push(flag.feature);
      segment.rules ??= item.applies ? flag.rules : item.rules;
      segments.set(item.id, segment);
    }
  }
  return [...segments.values()];
}

function segmentList(segments) {
  if (segments.length === 0) return h('section', { class: 'panel' }, h('h2', {}, 'Segments'), h('p', { class: 'quiet' }, 'No segment overrides a feature.'));
  return h('section', { class: 'panel', 'aria-label': 'Segments' },
    h('h2', {}, `${plural(segments.length, 'segment')} with overrides`),
    segments.map(segment => h('details', {},
      h('summary', {}, h('strong', {}, name(segment.name)), h('span', { class: 'quiet' }, ' decides ', list(segment.features))),
      segment.rules ? h('ul', { class: 'tree' }, rule(unwrap(segment.rules))) : h('p', { class: 'quiet small' }, 'The rules were left out: the environment is too large to show all.'))));
}

/** The flags that segments read, and what they decide with it. */
function dependencies(segments) {
  const reads = [];
  const visit = (tree, segment) => {
    for (const item of tree.conditions ?? []) if (item.flag) for (const feature of segment.features) reads.push([feature, item.flag, segment.name]);
    for (const inner of tree.rules ?? []) visit(inner, segment);
  };
  for (const segment of segments) if (segment.rules) visit(segment.rules, segment);
  if (reads.length === 0) return h('section', { hidden: true });
  return h('section', { class: 'panel', 'aria-label': 'Prerequisites' }, h('h2', {}, 'Flags that depend on flags'), graph(reads.map(([feature, prerequisite]) => [feature, prerequisite])),
    h('ul', {}, reads.map(([feature, prerequisite, segment]) => h('li', {}, h('strong', {}, name(feature)), ' depends on ', h('strong', {}, name(prerequisite)), h('span', { class: 'quiet' }, ' (segment ', name(segment), ')')))));
}

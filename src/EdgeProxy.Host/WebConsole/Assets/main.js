// The console: views by the part of the address behind #, and the token, where the proxy asks for one.

import * as api from './api.js';
import { AskView } from './ask.js';
import { ChangesView } from './changes.js';
import { h } from './dom.js';
import { EnvironmentView } from './environment.js';
import { EnvironmentsView } from './environments.js';
import { FleetView } from './fleet.js';
import { record } from './history.js';
import { SettingsView } from './settings.js';
import { WarningsView } from './warnings.js';

const interval = 5000;
const views = { ask: AskView, environments: EnvironmentsView, environment: EnvironmentView, changes: ChangesView, fleet: FleetView, settings: SettingsView, warnings: WarningsView };
const main = document.getElementById('main');
let view = null;
let shown = null;

const parse = () => {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { path: path in views ? path : 'ask', parameters: new URLSearchParams(query) };
};

async function read() {
  const listing = await api.listing();
  record(listing);
  return listing.environments;
}

async function show() {
  const { path, parameters } = parse();
  let environments;
  try {
    environments = await read();
  } catch (error) {
    fail(error);
    return;
  }
  view?.close();
  view = new views[path](environments, parameters);
  document.title = `${view.title} – EdgeProxy console`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.dataset.view === path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  main.replaceChildren(view.element);
  if (shown !== null && shown !== path) main.focus();
  shown = path;
}

function fail(error) {
  view?.close();
  view = null;
  main.replaceChildren(error.status === 401 ? tokenForm(error) : h('p', { class: 'notice bad', role: 'alert' }, error.message));
}

let hasTried = false;

function tokenForm() {
  const input = h('input', { type: 'password', id: 'token', autocomplete: 'off', required: true });
  const enter = event => {
    event.preventDefault();
    hasTried = true;
    api.setToken(input.value.trim());
    show();
  };
  queueMicrotask(() => input.focus());
  return h('form', { class: 'panel', onsubmit: enter },
    h('h1', {}, 'Admin token'),
    h('p', { class: 'quiet' }, 'The proxy has server.admin_token set. The token stays in the memory of this page.'),
    hasTried ? h('p', { class: 'notice bad', role: 'alert' }, 'This is not the token.') : null,
    h('div', { class: 'field' }, h('label', { for: 'token' }, 'Token'), input),
    h('button', { class: 'main', type: 'submit' }, 'Enter'));
}

async function refresh() {
  if (document.hidden || view === null) return;
  try {
    view.refresh(await read());
  } catch { /* the next one may succeed */ }
}

document.getElementById('skip').addEventListener('click', event => { event.preventDefault(); main.focus(); });
addEventListener('hashchange', show);
addEventListener('unhandledrejection', event => { if (event.reason?.status === 401) { event.preventDefault(); fail(event.reason); } });
setInterval(refresh, interval);
show();

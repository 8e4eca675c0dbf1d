// Requests to the proxy. The token is kept in the memory of the page only.

let token = null;

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const setToken = text => { token = text || null; };

async function request(path, { method, body, signal } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(path, { method: method ?? (body === undefined ? 'GET' : 'POST'), headers, body, signal, cache: 'no-store', credentials: 'omit' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The proxy does not answer.');
  }
  const text = await response.text();
  let answer = null;
  try { answer = JSON.parse(text); } catch { /* not JSON */ }
  if (!response.ok) throw new ApiError(response.status, describe(response.status, answer));
  return answer;
}

function describe(status, answer) {
  const detail = answer?.message ?? answer?.detail;
  if (Array.isArray(detail)) return detail.map(item => `${(item.loc ?? []).join('.')}: ${item.msg}`).join('; ');
  return typeof detail === 'string' ? detail : `The proxy answered ${status}.`;
}

/** The environments and their states, and how long requests took. */
export const listing = signal => request('/proxy/environments', { signal });

/** The changes of an environment, by its masked key. */
export const changes = (key, signal) => request(`/proxy/environments/${encodeURIComponent(key)}/changes`, { signal });

/** Releases the held version of an environment. */
export const release = key => request(`/proxy/environments/${encodeURIComponent(key)}/release`, { method: 'POST' });

/** The instances that share a store. */
export const fleet = signal => request('/proxy/fleet', { signal });

/** The settings in effect. */
export const settings = async signal => (await request('/proxy/settings', { signal })).settings;

/** The latest warnings of the log. */
export const warnings = async signal => (await request('/proxy/warnings', { signal })).warnings;

/** Explains flags. A question has environment, audience, identifier and traits. */
export function explain(question, { all = false, feature = null, signal } = {}) {
  const query = new URLSearchParams({ environment: question.environment, audience: question.audience ?? 'server' });
  if (feature !== null) query.set('feature', feature);
  if (all) query.set('all', 'true');
  const hasIdentity = question.identifier !== '' || question.traits.length > 0;
  return request(`/proxy/explain?${query}`, { body: hasIdentity ? bodyOf(question) : undefined, signal });
}

/** The body of an identity request. */
export function bodyOf(question) {
  const traits = question.traits.map(([key, text]) => `{"trait_key":${JSON.stringify(key)},"trait_value":${jsonOf(text)}}`);
  const identifier = question.identifier === '' ? '' : `"identifier":${JSON.stringify(question.identifier)},`;
  return `{${identifier}"traits":[${traits.join(',')}]}`;
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** The type that a typed value is sent as. */
export function typeOf(text) {
  if (text === 'true' || text === 'false') return 'boolean';
  return number.test(text) ? 'number' : 'text';
}

/** A typed value as JSON, with numbers as they are spelled; quoted text is always text. */
function jsonOf(text) {
  if (typeOf(text) !== 'text') return text;
  return JSON.stringify(text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text);
}

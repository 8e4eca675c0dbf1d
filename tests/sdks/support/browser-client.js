import { createHash } from 'node:crypto';

/** The key under which the browser SDKs keep a feature. */
export const browserName = name => name.toLowerCase().replaceAll(' ', '_');

/** Flags as the engine gives them, in the shape in which the browser SDKs do. */
export const asInBrowser = flags =>
  Object.fromEntries(flags.map(({ id, name, enabled, value }) => [browserName(name), { id, enabled, value }]));

/** The identifier that the Flagsmith API gives an identity without one: a hash of its traits, sorted by key. */
export function transientIdentifier(traits) {
  const text = value => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
  const parts = Object.keys(traits).filter(key => traits[key] !== null).sort().map(key => key + text(traits[key]));
  return createHash('sha256').update(parts.join('')).digest('hex');
}

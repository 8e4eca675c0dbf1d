import { createHash } from 'node:crypto';
import { environmentFlags, identityDetails, identityFlags } from './engine.js';

/** The key under which the browser SDKs keep a feature. */
export const browserName = name => name.toLowerCase().replaceAll(' ', '_');

/** Flags as the engine gives them, in the shape in which the browser SDKs do. */
export const asInBrowser = flags =>
  Object.fromEntries(flags.map(({ id, name, enabled, value }) => [browserName(name), { id, enabled, value }]));

const clientSide = { clientSide: true };

/**
 * Flags that a browser SDK must have: those of a person, or without one the environment's.
 * `@flagsmith/flagsmith` keeps the reason and the variant of an identity's flags, `flagsmith` does not.
 */
export function flagsInBrowser(sdk, document, person) {
  if (!person) return asInBrowser(environmentFlags(document, clientSide));
  const flags = asInBrowser(identityFlags(document, person, clientSide));
  if (sdk === '@flagsmith/flagsmith') {
    for (const [name, { reason, variant }] of Object.entries(identityDetails(document, person, clientSide))) {
      const flag = flags[browserName(name)];
      if (flag) Object.assign(flag, { reason }, variant && { variant });
    }
  }
  return flags;
}

/** The identifier that the Flagsmith API gives an identity without one: a hash of its traits, sorted by key. */
export function transientIdentifier(traits) {
  const text = value => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
  const parts = Object.keys(traits).filter(key => traits[key] !== null).sort().map(key => key + text(traits[key]));
  return createHash('sha256').update(parts.join('')).digest('hex');
}

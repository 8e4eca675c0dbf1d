// The environment of the tests: a flag of each type, and what decides over them.
import { all, condition, environment, feature, identityOverride, segment, state } from '../sdks/environments/parts.js';

const features = [
  ['banner', true, 'hello'], ['seats', true, 42], ['beta', true, null], ['maintenance', false, null], ['theme', true, '{"dark":true,"size":[1,2]}'],
  ['ratio', true, '0.25'], ['parked', false, 'not to be seen'], ['secret', true, 'for servers'], ['a/b c+d', true, 'odd name'],
].map(([name, enabled, value], index) => [feature(index + 1, name), enabled, value]);
const byName = Object.fromEntries(features.map(([of]) => [of.name, of]));

/** The environment in its nth version: `seats` is the version. */
export const version = (number, key = 'ofrep-tests') => environment(1, key, {
  features: features.map(([of, enabled, value]) => state(of, enabled, of.name === 'seats' ? number : value)),
  segments: [segment(1, 'enterprises', all(condition('plan', 'EQUAL', 'enterprise')), [state(byName.banner, true, 'hello, enterprise'), state(byName.maintenance, true, null)])],
  identityOverrides: [identityOverride(key, 'olga', state(byName.banner, true, 'hello, olga'))],
  serverOnly: [byName.secret],
  updated_at: `2026-01-21T10:00:${String(number % 60).padStart(2, '0')}.500000+00:00`,
});

export const key = version(42).api_key;
export const serverKey = `ser.${key}`;
export const neverLoaded = 'ofrep-tests-never-loaded';

// Smaller environments, each for something that cannot be had together with the rest.
import { all, condition, environment, feature, identityOverride, segment, state } from './parts.js';

const shown = feature(1, 'shown');
const hidden = feature(2, 'hidden');
const byTrait = feature(3, 'by_trait');

/** Client-side keys see no disabled flag and set no trait, and nobody gets traits back. */
export const discreet = environment(2, 'sdk-tests-discreet', {
  features: [state(shown, true, 'shown'), state(hidden, false, 'hidden'), state(byTrait, true, 'default')],
  segments: [segment(1, 'trait', all(condition('plan', 'EQUAL', 'enterprise')), [state(byTrait, true, 'by trait')])],
  identityOverrides: [identityOverride('sdk-tests-discreet', 'member', state(hidden, true, 'a member sees it'))],
  hide_disabled_flags: true,
  allow_client_traits: false,
  hide_sensitive_data: true,
});

const level = feature(1, 'level');

/** So many identity overrides that the API hands them out in pages. */
export const paged = environment(3, 'sdk-tests-paged', {
  features: [state(level, true, 0)],
  identityOverrides: Array.from({ length: 250 }, (_, index) =>
    identityOverride('sdk-tests-paged', `member-${index}`, state(level, index % 2 === 0, index + 1))),
});

const changes = feature(1, 'changes');

/** The environment that changes, in its nth version. */
export const changing = version => environment(4, 'sdk-tests-changing', {
  features: [state(changes, version % 2 === 1, `version ${version}`)],
  updated_at: `2026-01-21T10:00:0${version}.000000+00:00`,
});

/** Configured, but the API has only errors for it. */
export const neverLoaded = environment(5, 'sdk-tests-never-loaded', { features: [state(shown, true, 'nobody sees this')] });

export const serverKey = document => `ser.${document.api_key}`;

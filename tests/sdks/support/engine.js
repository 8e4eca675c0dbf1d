// What the answers are compared with: the engine inside flagsmith-nodejs, fed with the document itself, past the SDK
// around it and past EdgeProxy. It is JavaScript and shares nothing with ours. The package exports no path to it, so the
// version is pinned and the files are named.
import { evaluateSegments, getEvaluationResult, IdentityModel, TraitModel } from '../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/index.js';
import { buildEnvironmentModel } from '../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/environments/util.js';
import { getEvaluationContext } from '../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/evaluation/evaluationContext/mappers.js';

/** The flags of nobody in particular, in document order; clientSide: as a client-side key may see them. */
export function environmentFlags(document, { clientSide = false } = {}) {
  const context = getEvaluationContext(buildEnvironmentModel(document), undefined, undefined, true);
  return visible(document, getEvaluationResult(context), clientSide);
}

/** The flags of an identity, likewise. Traits: plain values by key. */
export function identityFlags(document, { identifier, traits = {} }, { clientSide = false } = {}) {
  const counted = clientSide && document.allow_client_traits === false ? {} : traits;
  return visible(document, evaluate(document, identifier, counted), clientSide);
}

/**
 * Reason and variant of each flag of an identity, by name of the feature. The engine decides the reason and which state wins;
 * it knows no variant keys, so the key is that of the option with the value it picked.
 */
export function identityDetails(document, { identifier, traits = {} }, { clientSide = false } = {}) {
  const counted = clientSide && document.allow_client_traits === false ? {} : traits;
  const context = contextOf(document, identifier, counted);
  const { segmentOverrides } = evaluateSegments(context);
  return Object.fromEntries(Object.values(getEvaluationResult(context).flags).map(({ name, reason, value }) => {
    const split = reason.startsWith('SPLIT');
    const winner = segmentOverrides[name]?.feature ?? Object.values(context.features).find(feature => feature.name === name);
    const variant = split ? variantKey(document, name, value) : winner.variants?.length > 0 ? 'control' : null;
    return [name, { reason: clientSide ? reason.split(';')[0] : reason, variant }];
  }));
}

const statesOf = document => [
  ...document.feature_states,
  ...document.project.segments.flatMap(segment => segment.feature_states),
  ...document.identity_overrides.flatMap(override => override.identity_features),
];

const variantKey = (document, name, value) =>
  statesOf(document).filter(state => state.feature.name === name)
    .flatMap(state => state.multivariate_feature_state_values.map(variant => variant.multivariate_feature_option))
    .find(option => option.value === value).key ?? null;

/** The names of the segments that an identity is in. */
export function segmentsOf(document, { identifier, traits = {} }) {
  return evaluate(document, identifier, traits).segments.map(segment => segment.name);
}

const evaluate = (document, identifier, traits) => getEvaluationResult(contextOf(document, identifier, traits));

function contextOf(document, identifier, traits) {
  const models = Object.entries(traits).map(([key, value]) => new TraitModel(key, value));
  const identity = new IdentityModel('0', models, [], document.api_key, identifier);
  return getEvaluationContext(buildEnvironmentModel(document), identity);
}

// The two filters are the API's, not the engine's.
function visible(document, result, clientSide) {
  const hideDisabled = document.hide_disabled_flags ?? document.project.hide_disabled_flags;
  const serverOnly = document.project.server_key_only_feature_ids;
  return Object.values(result.flags)
    .map(flag => ({ id: flag.metadata.id, name: flag.name, enabled: flag.enabled, value: flag.value ?? null }))
    .filter(flag => !clientSide || (!serverOnly.includes(flag.id) && (flag.enabled || !hideDisabled)));
}

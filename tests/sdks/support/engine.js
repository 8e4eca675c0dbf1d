// What the answers are compared with: the engine inside flagsmith-nodejs, fed with the document itself, past the SDK
// around it and past EdgeProxy. It is JavaScript and shares nothing with ours. The package exports no path to it, so the
// version is pinned and the files are named.
import { getEvaluationResult, IdentityModel, TraitModel } from '../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/index.js';
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

/** The names of the segments that an identity is in. */
export function segmentsOf(document, { identifier, traits = {} }) {
  return evaluate(document, identifier, traits).segments.map(segment => segment.name);
}

function evaluate(document, identifier, traits) {
  const models = Object.entries(traits).map(([key, value]) => new TraitModel(key, value));
  const identity = new IdentityModel('0', models, [], document.api_key, identifier);
  return getEvaluationResult(getEvaluationContext(buildEnvironmentModel(document), identity));
}

// The two filters are the API's, not the engine's.
function visible(document, result, clientSide) {
  const hideDisabled = document.hide_disabled_flags ?? document.project.hide_disabled_flags;
  const serverOnly = document.project.server_key_only_feature_ids;
  return Object.values(result.flags)
    .map(flag => ({ id: flag.metadata.id, name: flag.name, enabled: flag.enabled, value: flag.value ?? null }))
    .filter(flag => !clientSide || (!serverOnly.includes(flag.id) && (flag.enabled || !hideDisabled)));
}

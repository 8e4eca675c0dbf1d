import { Flagsmith } from 'flagsmith-nodejs';

const silent = Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map(level => [level, () => {}]));

/** A client of flagsmith-nodejs, or of another version of it, that asks the proxy. */
export const nodeClient = (proxy, environmentKey, more = {}, Client = Flagsmith) =>
  new Client({ apiUrl: proxy.apiUrl, environmentKey, requestRetryDelayMilliseconds: 50, logger: silent, ...more });

/** Its flags, in the shape in which the engine gives them. */
export const nodeFlags = flags =>
  flags.allFlags().map(flag => ({ id: flag.featureId, name: flag.featureName, enabled: flag.enabled, value: flag.value ?? null }));

// For tests of real time: an environment that changes often, and streams that end after two seconds. The SDK opens the next one after up to three.
import { changing } from '../environments/others.js';
import { until } from './until.js';

export const settings = { REALTIME_MAX_STREAM_AGE_SECONDS: '2' };
export const feature = 'changes';
export const key = changing(1).api_key;

/** The options of an SDK for that environment. */
export const optionsFor = ({ proxy }) => ({ environmentID: key, api: proxy.apiUrl, realtime: true, eventSourceUrl: new URL('/', proxy.apiUrl).href });

/** Has the environment begin anew, and waits until the proxy serves that. */
export async function begin(setting) {
  setting.change(1);
  const ask = async () => (await fetch(`${setting.proxy.apiUrl}flags/?feature=${feature}`, { headers: { 'X-Environment-Key': key } })).json();
  await until('version 1', async () => (await ask()).feature_state_value === 'version 1');
}

/** Until the stream is open and what came with it is fetched: a change shortly before the SDK came makes it fetch once more. */
export const settle = () => new Promise(resolve => setTimeout(resolve, 1000));

/** Changes the environment five times, at all moments in the life of a stream, and waits for each change to arrive. */
export async function changeOften(setting, arrived) {
  for (let version = 2; version <= 6; version++) {
    setting.change(version);
    await arrived(`version ${version}`);
    await new Promise(resolve => setTimeout(resolve, 450 * version - 600));
  }
  return 5;
}

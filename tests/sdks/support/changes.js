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

// At all moments in the life of a stream; in the longest, it ends and the client comes back, knowing of the change already.
const pauses = [300, 5500, 1200, 2100, 5500];

/** Changes the environment so many times, waits for each change to arrive, and gives their number. */
export async function changeOften(setting, arrived) {
  for (const [index, pause] of pauses.entries()) {
    setting.change(index + 2);
    await arrived(`version ${index + 2}`);
    await new Promise(resolve => setTimeout(resolve, pause));
  }
  return pauses.length;
}

// A stand-in for the API with the environment of the tests, and a proxy before it.
import { key, neverLoaded, serverKey, version } from '../environment.js';
import { Proxy } from '../../sdks/support/proxy.js';
import { until } from '../../sdks/support/until.js';
import { Upstream } from '../../sdks/support/upstream.js';

export async function setUp(settings = {}) {
  const upstream = await Upstream.start();
  upstream.serve(serverKey, version(42));
  const start = port => Proxy.start({ upstream, keys: [key, neverLoaded], ...settings, ...port });
  const setting = {
    upstream,
    proxy: await start({}).catch(async error => { await upstream.stop(); throw error; }),
    get url() { return `http://127.0.0.1:${setting.proxy.port}`; },
    /** Has the environment become its nth version, as far as the API is concerned. */
    change: number => upstream.serve(serverKey, version(number)),
    /** Ends the proxy and starts another on the same port. */
    restart: async () => {
      const { port } = setting.proxy;
      await setting.proxy.stop();
      setting.proxy = await start({ port });
    },
    tearDown: async () => {
      await setting.proxy.stop();
      await upstream.stop();
    },
  };
  await until('the environment to be loaded', async () => (await evaluate(setting.url, {})).ok);
  return setting;
}

/** Asks for all flags, past every provider. */
export const evaluate = (url, context, headers = {}) => fetch(`${url}/ofrep/v1/evaluate/flags`, {
  method: 'POST', headers: { 'X-API-Key': key, ...headers }, body: JSON.stringify({ context }),
});

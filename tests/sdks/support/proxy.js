// The program itself, as a process on a free port.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const program = process.env.EDGE_PROXY_DLL
  ?? fileURLToPath(new URL('../../../src/EdgeProxy.Host/bin/Release/net10.0/edge-proxy.dll', import.meta.url));

// Whatever happens to the tests, no proxy is left behind: signals would otherwise end Node without the event.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => process.exit(1));

export class Proxy {
  #process;
  #log = '';

  /** Starts it, on a free port unless one is named, and waits until it is ready; keys: the client-side keys to serve, ser.<key> being the server-side one. */
  static async start({ upstream, keys, port = 0, args = [], ...settings }) {
    if (!existsSync(program)) throw new Error(`there is no ${program}: dotnet build -c Release`);
    const proxy = new Proxy();
    proxy.#process = spawn('dotnet', [program, '--host', '127.0.0.1', '--port', String(port), ...args], {
      env: {
        ...process.env,
        API_URL: upstream.url,
        API_POLL_FREQUENCY_SECONDS: '0.3',
        ENVIRONMENT_KEY_PAIRS: JSON.stringify(keys.map(key => ({ server_side_key: `ser.${key}`, client_side_key: key }))),
        HEALTH_CHECK_READINESS: 'any',
        SERVER_SHUTDOWN_DELAY_SECONDS: '0',
        NO_PROXY: '127.0.0.1',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process.once('exit', () => proxy.#process.kill('SIGKILL'));
    for (const stream of [proxy.#process.stdout, proxy.#process.stderr]) {
      stream.on('data', data => { proxy.#log += data; });
    }
    try {
      await until('the proxy to be ready', () => proxy.#isReady());
    } catch (error) {
      await proxy.stop();
      throw new Error(`${error.message}\n${proxy.#log}`);
    }
    return proxy;
  }

  get apiUrl() {
    return `http://127.0.0.1:${this.port}/api/v1/`;
  }

  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGINT');
    await once(this.#process, 'exit');
  }

  async #isReady() {
    if (this.#process.exitCode !== null) throw new Error(`the proxy ended with ${this.#process.exitCode}`);
    this.port ??= this.#log.match(/Listening on http:\/\/127\.0\.0\.1:(\d+)/)?.[1];
    if (!this.port) return false;
    const answer = await fetch(`http://127.0.0.1:${this.port}/proxy/health/readiness`).catch(() => null);
    return answer?.ok;
  }
}

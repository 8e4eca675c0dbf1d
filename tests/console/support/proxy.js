// The program itself, as a process on a free port.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = process.env.EDGE_PROXY_DLL
  ?? fileURLToPath(new URL('../../../src/EdgeProxy.Host/bin/Release/net10.0/edge-proxy.dll', import.meta.url));

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** Runs a command of the program; returns its exit code, and what it printed. */
export async function run(...args) {
  if (!existsSync(program)) throw new Error(`there is no ${program}: dotnet build -c Release`);
  const child = spawn('dotnet', [program, ...args], { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', data => { output += data; });
  const [code] = await once(child, 'close');
  return { code, output };
}

export class Proxy {
  #process;
  #folder;
  #log = '';

  /** Starts it with documents from files, or as the demo if there are none, and waits until it is ready. */
  static async start(documents = [], variables = {}) {
    if (!existsSync(program)) throw new Error(`there is no ${program}: dotnet build -c Release`);
    const proxy = new Proxy();
    proxy.#folder = await mkdtemp(join(tmpdir(), 'console-'));
    const files = documents.map((_, i) => join(proxy.#folder, `${i}.json`));
    await Promise.all(documents.map((document, i) => writeFile(files[i], JSON.stringify(document))));
    const served = files.length === 0 ? ['--demo'] : files.flatMap(file => ['--environment-document', file]);
    proxy.#process = spawn('dotnet', [program, '--host', '127.0.0.1', '--port', '0', ...served], {
      cwd: proxy.#folder,
      env: { ...process.env, SERVER_SHUTDOWN_DELAY_SECONDS: '0', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process.once('exit', () => proxy.#process.kill('SIGKILL'));
    for (const stream of [proxy.#process.stdout, proxy.#process.stderr]) stream.on('data', data => { proxy.#log += data; });
    const limit = Date.now() + 60_000;
    while (!await proxy.#isReady()) {
      if (Date.now() > limit) throw new Error(`not ready:\n${proxy.#log}`);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    return proxy;
  }

  /** What it printed. */
  get output() { return this.#log; }

  get url() { return `http://127.0.0.1:${this.port}`; }

  /** Replaces a document. */
  async change(i, document) { await writeFile(join(this.#folder, `${i}.json`), JSON.stringify(document)); }

  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGINT');
      await once(this.#process, 'exit');
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #isReady() {
    if (this.#process.exitCode !== null) throw new Error(`the proxy ended:\n${this.#log}`);
    this.port ??= this.#log.match(/http:\/\/127\.0\.0\.1:(\d+)/)?.[1];
    return this.port !== undefined && ((await fetch(`${this.url}/proxy/health/readiness`).catch(() => null))?.ok ?? false);
  }
}

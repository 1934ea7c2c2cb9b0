import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A Redis that keeps nothing on disk. */
export class Redis {
  #port;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;

  /** @param {number} port */
  constructor(port) { this.#port = port; }

  get url() { return `redis://127.0.0.1:${this.#port}`; }

  async start() {
    this.#process = spawn('redis-server', ['--port', String(this.#port), '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: /** @type {NodeJS.ReadableStream} */ (this.#process.stdout) })) if (line.includes('Ready to accept')) return;
    throw new Error('Redis did not start');
  }

  async kill() {
    const { exitCode, signalCode } = this.#process ?? { exitCode: 0, signalCode: null };
    if (!this.#process || exitCode !== null || signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A message of the DevTools protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A page in a browser. */
export interface BrowserPage {
  /** Opens a file, and waits until it is loaded. */
  readonly open: (url: string) => Promise<void>;
  /** Evaluates an expression in the page. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  /** Presses a key. */
  readonly press: (key: string) => Promise<void>;
  /** Sets the preference for light or dark colors. */
  readonly prefer: (scheme: 'light' | 'dark') => Promise<void>;
  /** The requests of the page, except for itself, and its errors. */
  readonly requests: string[];
  readonly complaints: string[];
  readonly close: () => void;
}

/** The path of Chromium in Debian; CHROMIUM sets another one. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Starts Chromium and connects to it with a pipe, which needs no package.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export async function launch(): Promise<BrowserPage> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`${CHROMIUM}: no such browser; install Chromium, or name it with CHROMIUM`);
  }
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const args = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(CHROMIUM, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [input, output] = [browser.stdio[3] as Writable, browser.stdio[4] as Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const events = new Map<string, (() => void)[]>();
  const [requests, complaints]: [string[], string[]] = [[], []];
  let [count, rest] = [0, ''];
  output.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\0');
    rest = parts.pop() ?? '';
    parts.map((part) => JSON.parse(part) as Message).forEach(receive);
  });
  function receive(message: Message): void {
    if (message.id !== undefined) {
      waiting.get(message.id)?.(message);
      return;
    }
    const { method = '', params = {} } = message;
    events
      .get(method)
      ?.splice(0)
      .forEach((resolve) => resolve());
    if (method === 'Network.requestWillBeSent') {
      requests.push((params['request'] as { url: string }).url);
    } else if (method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown') {
      complaints.push(JSON.stringify(params));
    }
  }
  const send = (method: string, params: object = {}, sessionId?: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const id = ++count;
      waiting.set(id, ({ result = {}, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const inPage = (method: string, params: object = {}) => send(method, params, sessionId as string);
  await Promise.all(['Page', 'Network', 'Log', 'Runtime'].map((domain) => inPage(`${domain}.enable`)));
  return {
    requests,
    complaints,
    open: async (url) => {
      const loaded = new Promise<void>((resolve) => events.set('Page.loadEventFired', [resolve]));
      await inPage('Page.navigate', { url });
      await loaded;
    },
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = await inPage('Runtime.evaluate', { expression, returnByValue: true });
      if (exceptionDetails !== undefined) {
        throw new Error(JSON.stringify(exceptionDetails));
      }
      return (result as { value: T }).value;
    },
    press: async (key) => {
      const text = key === 'Enter' ? '\r' : undefined;
      const code = { Enter: 13, ArrowLeft: 37, ArrowRight: 39, Tab: 9 }[key];
      const event = { key, code: key, windowsVirtualKeyCode: code, text };
      await inPage('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await inPage('Input.dispatchKeyEvent', { type: 'keyUp', ...event, text: undefined });
    },
    prefer: async (value) => {
      await inPage('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
    },
    close: () => {
      browser.once('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
      browser.kill();
    },
  };
}

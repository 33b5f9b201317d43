// A store of its own for each worker: specs import `test` and `expect` from here.
//
//     test.use({ demo: null, imports: [catalogFile] });
//     test('a shopper finds a product', async ({ page }) => { await page.goto('/'); … });

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';

const START_TIMEOUT_MS = 60_000;
const FILL_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 15_000;
// An import that worked and left rejected rows in its report says so by this code.
const ROWS_REJECTED = 3;
// The browser's own words about pages that fade into each other: an emulated phone measures itself anew on the
// way, from a page of the bank it may find out too late whether there is anything to fade, and under load the
// next page may be shown before the picture of the last one is taken. It gives the fading up, and nothing else.
const OF_FADING = /Viewport size changed|ViewTransition opt-in disabled|Transition was aborted because of invalid state/;
const OPEN_LINE = /^(?:Cartograph|The sandbox) is open at (http:\/\/\S+)$/;

const target = process.env['CARGO_TARGET_DIR'] ?? resolve(import.meta.dirname, '..', 'target');
const binary = process.env['CARTOGRAPH_BIN'] ?? join(target, 'release', 'cartograph');
const site = process.env['CARTOGRAPH_SITE'] ?? join(target, 'site');

/** A demo catalog: the same numbers give the same products. */
export type Demo = { products: number; seed: number };

/** A running store. */
export type Store = {
  /** Its address, without a slash at the end. */
  baseURL: string;
  /** Its data folder, removed with what commands wrote beside it when the worker ends. */
  data: string;
  /** All that it has logged so far. */
  log: () => string;
};

/** How a spec's store is filled; with `test.use`, at the top of a file or in a `describe`. */
export type StoreOptions = {
  /** The demo catalog, or `null` for none. 200 products unless said otherwise. */
  demo: Demo | null;
  /** Product feeds to import, in this order, after the demo. */
  imports: string[];
  /** Order histories to import, in this order, after the product feeds. */
  orderImports: string[];
  /** Promotions to import, in this order, last. */
  promotionImports: string[];
  /** More arguments for `cartograph serve`. */
  serveArguments: string[];
  store: Store;
};

type PageOptions = {
  /** Console messages that a test provokes on purpose, such as the browser's own on a 404. */
  expectedConsole: RegExp[];
};

/** Runs a `cartograph` command in a folder to its end; returns its output, or throws with it. */
export async function cartograph(folder: string, ...args: string[]): Promise<string> {
  const child = spawn(binary, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: FILL_TIMEOUT_MS });
  const log = collect(child);
  const code = await exitOf(child);
  const done = code === 0 || (args[0] === 'import' && code === ROWS_REJECTED);
  if (!done) throw new Error(`cartograph ${args.join(' ')} ended with ${code}:\n${log()}`);
  return log();
}

/** Starts a store with the given data, on a free port unless it is told another, and waits until it answers. */
export async function serve(data: string, serveArguments: string[] = []): Promise<Store & { stop: () => Promise<void> }> {
  const listen = serveArguments.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
  return { data, ...(await start('serve', '--data', data, '--site', site, ...listen, ...serveArguments)) };
}

/** Something that answers at an address until it is stopped. */
export type Started = { baseURL: string; log: () => string; stop: () => Promise<void> };

/** Starts a command that goes on, and waits until it says where it is open. */
export async function start(...args: string[]): Promise<Started> {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = collect(child);
  const ended = exitOf(child);
  const stop = async () => {
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(deadline);
  };
  try {
    return { baseURL: await openAddress(child, ended, log), log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (code, signal) => done(code ?? signal ?? 'no exit code'));
  });
}

function openAddress(child: ChildProcess, ended: Promise<number | string>, log: () => string): Promise<string> {
  return new Promise((open, fail) => {
    const giveUp = (why: string) => fail(new Error(`${binary} ${why}:\n${log()}`));
    const deadline = setTimeout(() => giveUp(`said no address within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const address = OPEN_LINE.exec(line)?.[1];
        if (address === undefined) return;
        clearTimeout(deadline);
        open(address);
      });
    }
    void ended.then((code) => {
      clearTimeout(deadline);
      giveUp(`ended with ${code} before it opened`);
    });
  });
}

export const test = base.extend<PageOptions, StoreOptions>({
  demo: [{ products: 200, seed: 1 }, { option: true, scope: 'worker' }],
  imports: [[], { option: true, scope: 'worker' }],
  orderImports: [[], { option: true, scope: 'worker' }],
  promotionImports: [[], { option: true, scope: 'worker' }],
  serveArguments: [[], { option: true, scope: 'worker' }],

  store: [
    async ({ demo, imports, orderImports, promotionImports, serveArguments }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'cartograph-'));
      const data = join(folder, 'data');
      const run = (...args: string[]) => cartograph(folder, ...args, '--data', data);
      try {
        if (demo) await run('demo', '--products', `${demo.products}`, '--seed', `${demo.seed}`);
        for (const file of imports) await run('import', 'products', resolve(file));
        for (const file of orderImports) await run('import', 'orders', resolve(file));
        for (const file of promotionImports) await run('import', 'promotions', resolve(file));
        const { stop, ...store } = await serve(data, serveArguments);
        await use(store);
        await stop();
        expect(store.log(), 'the store must not panic').not.toContain('panicked at');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: FILL_TIMEOUT_MS + START_TIMEOUT_MS },
  ],

  baseURL: async ({ store }, use) => {
    await use(store.baseURL);
  },

  expectedConsole: [[], { option: true }],

  page: async ({ page, expectedConsole }, use) => {
    const expectQuiet = watch(page.context(), expectedConsole);
    await use(page);
    expectQuiet();
  },
});

export { expect };

/** Listens to the console of a browser's pages. Answers what asserts that nothing but the expected was said there. */
export function watch(context: BrowserContext, expectedConsole: RegExp[] = []): () => void {
  const complaints: string[] = [];
  const note = (text: string) => {
    if (![OF_FADING, ...expectedConsole].some((expected) => expected.test(text))) complaints.push(text);
  };
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      note(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => note(`uncaught: ${error.error().stack || error.error().message}`));
  return () => expect(complaints, 'the browser’s console must stay empty').toEqual([]);
}

/**
 * Asserts that axe finds nothing serious or critical on the page as it stands, by some rules or by all. Axe
 * is a script: in the project without scripts this asserts nothing, and the same test does so in the other two.
 */
export async function axe(page: Page, ...rules: string[]): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  await page.waitForLoadState();
  // In one go, for no page has frames but those of a gateway, which answers for them; what passes is not described.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const only = { runOnly: { type: 'rule' as const, values: rules } };
  // Off unless it is asked for.
  const all = { rules: { 'target-size': { enabled: true } } };
  builder.options({ iframes: false, resultTypes: ['violations'], ...(rules.length > 0 ? only : all) });
  const { violations } = await builder.analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      where: nodes.map(({ target: selector, failureSummary }) => ({ selector, failureSummary })),
    }));
  expect(grave, `axe on ${page.url()}`).toEqual([]);
}

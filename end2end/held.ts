// Forms on their way to the store, held back for a while.

import type { Page } from '@playwright/test';

type Holding = typeof globalThis & { letThrough?: () => void };

/**
 * Holds back what the scripts of a page post to a path, until what this answers is called. The page does so
 * itself: where requests are intercepted, Chromium never ends a form that outlives its page and is led on.
 */
export async function holdBack(page: Page, path: string): Promise<() => Promise<void>> {
  await page.evaluate((held) => {
    const send = globalThis.fetch;
    const through = new Promise<void>((resolve) => ((globalThis as Holding).letThrough = resolve));
    globalThis.fetch = async (...asked) => {
      if (asked[0] === held) await through;
      return send(...asked);
    };
  }, path);
  return () => page.evaluate(() => (globalThis as Holding).letThrough?.());
}

import { join } from 'node:path';
import { BARE_PAGES, PAGES, categoryOf } from './pages';
import { test } from './people';
import { routeOf, routes } from './routes';
import { type Page, addButton, addToCart, awake, expect } from './shopper';
import { axe } from './store';

test.use({ imports: [join(import.meta.dirname, 'withdrawn.csv')] });

/** The route that a test names before it says what is special about the page; pages of no route name none. */
function routeNamed(name: string): string | undefined {
  return /^\/[^,]*/.exec(name)?.[0];
}

/** These show nothing: they lead on in the checkout, or back where browsers take no passkeys (`passkey.spec.ts`). */
const LEADING_ON = ['/checkout', '/checkout/challenge', '/account/sign-in/passkey', '/account/security/passkey'];

/** How far the page reaches beyond the window, in pixels. */
function overhang(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(scrollWidth, document.body.scrollWidth) - clientWidth;
  });
}

async function standsWell(page: Page, isBare: boolean): Promise<void> {
  if (!isBare) {
    await expect(page.getByRole('banner')).toHaveCount(1);
    // Who runs the store has a header with all its parts, and no need for the shop's.
    const isRunning = (await page.getByRole('navigation', { name: 'Running the store' }).count()) > 0;
    await expect(page.getByRole('contentinfo')).toHaveCount(isRunning ? 0 : 1);
  }
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page).toHaveTitle(/\S/);
  const levels = await page
    .getByRole('main')
    .getByRole('heading')
    .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))));
  const leaps = levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1);
  expect(leaps, `headings in order: ${levels.join(' ')}`).toEqual([]);
}

/** A folder that gets a picture of every page, by its width and theme, for whoever wants to look at them. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

async function keepPicture(page: Page, name: string, theme: 'light' | 'dark'): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  // Pictures further down wait until somebody scrolls to them.
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
  const words = name.match(/\w+/g)?.join('-') ?? 'home';
  const file = `${words}-${page.viewportSize()?.width}-${theme}.png`;
  await page.screenshot({ fullPage: true, path: join(SCREENSHOTS, file) });
}

const knownPaths = new Map<string, number>();

/** Asks for every page that this one links to, once per worker. */
async function linksLeadSomewhere(page: Page): Promise<void> {
  // In a drawing a link has no address of its own kind.
  const addresses = await page
    .locator('a[href]')
    .evaluateAll((links) => links.map((link) => new URL(link.getAttribute('href') ?? '', document.baseURI).href));
  const here = new URL(page.url());
  for (const address of addresses) {
    const { origin, pathname } = new URL(address);
    // The pages of the checkout and of orders depend on what was done before.
    if (origin !== here.origin || pathname === here.pathname || /^\/(checkout|orders\/)/.test(pathname)) continue;
    const status = knownPaths.get(pathname) ?? (await page.request.get(address)).status();
    knownPaths.set(pathname, status);
    expect(status, `the link to ${pathname} on ${here.pathname}`).toBe(200);
  }
}

test.describe('every page', () => {
  test.use({ expectedConsole: [/status of (400|403|404|410|413|429|500|503)/] });

  for (const [name, open] of Object.entries({ ...PAGES, ...BARE_PAGES })) {
    test(`${name}: open to everybody, by day and by night, on any width`, async ({ page, goods, store, people, isMobile }) => {
      // Colours that still change would be measured half-way.
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await open(page, { goods, store, people });
      await page.waitForLoadState();
      const route = routeNamed(name);
      if (route !== undefined) expect(routeOf(new URL(page.url()).pathname, await routes())).toBe(route);
      await standsWell(page, name in BARE_PAGES);
      await axe(page);
      await keepPicture(page, name, 'light');
      expect(await overhang(page)).toBeLessThanOrEqual(0);
      await linksLeadSomewhere(page);

      // By night only the colours differ.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await axe(page, 'color-contrast');
      await keepPicture(page, name, 'dark');

      const narrowest = { width: 320, height: 640 };
      if (isMobile) await page.setViewportSize(narrowest);
      await page.evaluate(() => (document.documentElement.dir = 'rtl'));
      expect(await overhang(page), 'from right to left').toBeLessThanOrEqual(0);
      await page.evaluate(() => document.documentElement.removeAttribute('dir'));
      expect(await overhang(page)).toBeLessThanOrEqual(0);
    });
  }
});

// What the code says needs no browser: this tag has it asked in one project only.
test('no page of the store is left out', { tag: '@no-script-only' }, async () => {
  const named = [...Object.keys(PAGES).map(routeNamed), ...LEADING_ON];
  expect((await routes()).filter((route) => !named.includes(route))).toEqual([]);
});

test('nothing moves while a page arrives', async ({ page, goods }) => {
  // Slow enough for a browser to show what it has of a page, and to lay it out again with more of it.
  const devtools = await page.context().newCDPSession(page);
  const BYTES_PER_SECOND = 50_000;
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 50,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
  const paths = ['/', categoryOf(goods), goods.plain().path, goods.coloured().path, '/search?q=lamp', '/help'];
  for (const path of paths) {
    await page.goto(path);
    if (path.startsWith('/products/')) await awake(addButton(page));
    const shifts = await page.evaluate(
      () =>
        new Promise<{ value: number; moved: string[] }[]>((done) => {
          type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
          const shifts: { value: number; moved: string[] }[] = [];
          new PerformanceObserver((list) => {
            for (const { value, sources } of list.getEntries() as Shift[]) {
              const moved = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : 'words'));
              shifts.push({ value, moved });
            }
          }).observe({ type: 'layout-shift', buffered: true });
          // Two frames later the observer has been told of what there was.
          requestAnimationFrame(() => requestAnimationFrame(() => done(shifts)));
        }),
    );
    const sum = shifts.reduce((sum, { value }) => sum + value, 0);
    expect(sum, `${path}: ${JSON.stringify(shifts)}`).toBeLessThan(0.01);
  }
});

test('motion is left out where a shopper wants none', async ({ page, goods }) => {
  const card = page.getByRole('article').first();
  const miniCart = page.getByRole('region', { name: 'Added to your cart' });
  const scrolling = () => page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
  for (const [reducedMotion, scale, fade, scroll] of [
    ['no-preference', '1.03', '0.2s, 0.2s', 'smooth'],
    ['reduce', 'none', '0s', 'auto'],
  ] as const) {
    await page.emulateMedia({ reducedMotion });
    await page.goto('/search?q=lamp');
    await card.hover();
    await expect(card.locator('img')).toHaveCSS('scale', scale);
    expect(await scrolling()).toBe(scroll);
    await addToCart(page, goods.plain());
    await expect(miniCart).toHaveCSS('transition-duration', fade);
  }
});

test('the focus can always be seen', async ({ page, goods }) => {
  const STOPS = 40;
  for (const path of ['/', categoryOf(goods), goods.coloured().path]) {
    await page.goto(path);
    const unseen: string[] = [];
    for (let stop = 0; stop < STOPS; stop++) {
      await page.keyboard.press('Tab');
      const lost = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused === document.body) return undefined;
        const ring = (element: Element | null) => {
          const { outlineStyle, outlineWidth } = element ? getComputedStyle(element) : { outlineStyle: 'none', outlineWidth: '0' };
          return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        };
        // What is drawn larger than its control, such as a thumbnail, carries the ring for it.
        const carriers = [focused, focused.parentElement, focused.closest('article, label, form')];
        return carriers.some(ring) ? undefined : focused.outerHTML.slice(0, 120);
      });
      if (lost !== undefined) unseen.push(lost);
    }
    expect(unseen, path).toEqual([]);
  }
});

test('the menu opens, closes and leads without a script', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/');
  const menu = page.getByRole('navigation', { name: 'All categories' });
  const open = page.getByRole('button', { name: 'All categories' });
  await expect(menu).toBeHidden();
  await open.click();
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await open.click();
  await menu.getByRole('button', { name: 'Close the menu' }).click();
  await expect(menu).toBeHidden();
  await open.click();
  const first = menu.getByRole('heading', { level: 3 }).getByRole('link').first();
  const name = await first.innerText();
  await first.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('the delivery place is in the header on every width', async ({ page }) => {
  for (const width of [320, 768, 1024, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/');
    await expect(page.getByRole('banner').getByRole('link', { name: /^Deliver to/ })).toHaveCount(1);
  }
});

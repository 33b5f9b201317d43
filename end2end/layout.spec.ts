import AxeBuilder from '@axe-core/playwright';
import {
  AMELIA,
  CARDS,
  type Goods,
  type Page,
  addButton,
  addToCart,
  awake,
  buy,
  expect,
  fillAddress,
  findOrder,
  line,
  placeButton,
  press,
  reachReview,
  test,
} from './shopper';
import { axe } from './store';

type Way = (page: Page, goods: Goods) => Promise<unknown>;

/** Goes straight to an address. */
const at =
  (path: string | ((goods: Goods) => string)): Way =>
  (page, goods) =>
    page.goto(typeof path === 'string' ? path : path(goods));

/** Every kind of page, and the ways that a shopper comes to see it. */
const PAGES: Record<string, Way> = {
  'home': at('/'),
  'category': at((goods) => categoryOf(goods)),
  'category, filtered': at((goods) => `${categoryOf(goods)}?price-to=100&in-stock=yes&sort=price-up`),
  'category, filtered to nothing': at((goods) => `${categoryOf(goods)}?price-from=99999`),
  'product': at((goods) => goods.plain().path),
  'product with colours': at((goods) => goods.coloured().path),
  'product, sold out': at((goods) => goods.soldOut().path),
  'product, just added': async (page, goods) => {
    await addToCart(page, goods.plain());
  },
  'search': at('/search?q=lamp'),
  'search, nothing found': at('/search?q=zyxwvut'),
  'search, nothing asked': at('/search'),
  'cart, empty': at('/cart'),
  'cart': async (page, goods) => {
    await addToCart(page, goods.plain());
    await addToCart(page, goods.coloured());
    await addToCart(page, goods.scarce(), (goods.scarce().unitsLeft ?? 0) + 1);
    await page.goto('/cart');
    await press(line(page, goods.plain()).getByRole('button', { name: /^Save for later/ }));
    await expect(page.getByRole('region', { name: 'Saved for later' })).toBeVisible();
  },
  'cart, a line removed': async (page, goods) => {
    await addToCart(page, goods.plain());
    await page.goto('/cart');
    await press(line(page, goods.plain()).getByRole('button', { name: /^Remove/ }));
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  },
  'address': async (page, goods) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
  },
  'address, with mistakes': async (page, goods) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  'delivery': async (page, goods) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await expect(page).toHaveURL('/checkout/delivery');
  },
  'payment': async (page, goods) => {
    await PAGES['delivery']?.(page, goods);
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByText('This store is in test mode').click();
    await expect(page.getByRole('table')).toBeVisible();
  },
  'payment, declined': async (page, goods) => {
    await addToCart(page, goods.plain());
    await reachReview(page, CARDS.declined);
    await placeButton(page).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  'review': async (page, goods) => {
    await addToCart(page, goods.plain());
    await reachReview(page);
  },
  'confirmation': (page, goods) => buy(page, goods.plain(13)),
  'order': async (page, goods) => {
    await buy(page, goods.plain(14));
    await page.getByRole('link', { name: 'Follow this order' }).click();
    await expect(page.getByRole('region', { name: 'Progress' })).toBeVisible();
  },
  'order look-up': at('/orders'),
  'order look-up, nothing found': (page) => findOrder(page, 'CG-00000-00000', AMELIA.email),
  'help': at('/help'),
  'help topic': at('/help/delivery'),
  'nothing here': at('/no/such/page'),
};

function categoryOf(goods: Goods): string {
  const top = goods.plain().categories[0] ?? '';
  return `/c/${top.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}

/** How far the page reaches beyond the window, in pixels. */
function overhang(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(scrollWidth, document.body.scrollWidth) - clientWidth;
  });
}

async function standsWell(page: Page): Promise<void> {
  await expect(page.getByRole('banner')).toHaveCount(1);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('contentinfo')).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page).toHaveTitle(/\S/);
  const levels = await page
    .getByRole('main')
    .getByRole('heading')
    .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))));
  const leaps = levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1);
  expect(leaps, `headings in order: ${levels.join(' ')}`).toEqual([]);
}

/** Asserts one rule of axe by itself; some of them are off unless they are named. */
async function obeys(page: Page, rule: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withRules([rule]).analyze();
  const where = violations.flatMap(({ nodes }) => nodes.map(({ target, failureSummary }) => ({ target, failureSummary })));
  expect(where, `${rule} on ${page.url()}`).toEqual([]);
}

const knownPaths = new Map<string, number>();

/** Asks for every page that this one links to, once per worker. */
async function linksLeadSomewhere(page: Page): Promise<void> {
  const addresses = await page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  const here = new URL(page.url());
  for (const address of addresses) {
    const { origin, pathname } = new URL(address);
    // The pages of the checkout and of orders depend on what was done before.
    if (origin !== here.origin || pathname === here.pathname || /^\/(checkout|orders\/)/.test(pathname)) continue;
    const status = knownPaths.get(pathname) ?? (await page.request.get(origin + pathname)).status();
    knownPaths.set(pathname, status);
    expect(status, `the link to ${pathname} on ${here.pathname}`).toBe(200);
  }
}

test.describe('every page', () => {
  test.use({ expectedConsole: [/status of 404/] });

  for (const [name, open] of Object.entries(PAGES)) {
    test(`${name}: open to everybody, by day and by night, on any width`, async ({ page, goods, isMobile }) => {
      // Colours that still change would be measured half-way.
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await open(page, goods);
      await standsWell(page);
      await axe(page);
      await obeys(page, 'target-size');
      expect(await overhang(page)).toBeLessThanOrEqual(0);
      await linksLeadSomewhere(page);

      // By night only the colours differ.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await obeys(page, 'color-contrast');

      const narrowest = { width: 320, height: 640 };
      if (isMobile) await page.setViewportSize(narrowest);
      await page.evaluate(() => (document.documentElement.dir = 'rtl'));
      expect(await overhang(page), 'from right to left').toBeLessThanOrEqual(0);
      await page.evaluate(() => document.documentElement.removeAttribute('dir'));
      expect(await overhang(page)).toBeLessThanOrEqual(0);
    });
  }
});

test('nothing moves while a page arrives', async ({ page, goods }) => {
  const paths = ['/', categoryOf(goods), goods.plain().path, goods.coloured().path, '/search?q=lamp', '/help'];
  for (const path of paths) {
    await page.goto(path);
    if (path.startsWith('/products/')) await awake(addButton(page));
    const shift = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          // Two frames later the observer has been told of what there was.
          requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
        }),
    );
    expect(shift, path).toBeLessThan(0.01);
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

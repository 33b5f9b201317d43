import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { signInAsOperator } from './member';
import {
  add,
  AMELIA,
  amount,
  cards,
  chooseCategory,
  expect,
  expectUnitsInCart,
  findOrder,
  type Page,
  placeOrder,
  reachReview,
  sortBy,
  test,
} from './shopper';

// Catalogs of real shops: in the folder that the variable names, which has to hold them, or in
// `shared/data` beside the checkout (server/tests/support/real_data.rs looks for them in the same way).
const NAMED = process.env['CARTOGRAPH_TEST_CATALOGS'];
const CATALOGS = NAMED ?? resolve(import.meta.dirname, '..', '..', 'shared', 'data');
const GIFT_SHOP = join(CATALOGS, 'online-retail', 'products.tsv.xz');
const ELECTRONICS = join(CATALOGS, 'electronics', 'products.tsv.xz');
const ORDER_HISTORY = join(CATALOGS, 'online-retail', 'orders.csv.xz');

test.use({ demo: null, imports: [GIFT_SHOP, ELECTRONICS], orderImports: [ORDER_HISTORY] });

const absent = [GIFT_SHOP, ELECTRONICS, ORDER_HISTORY].filter((file) => !existsSync(file));
if (NAMED !== undefined && absent.length > 0) throw new Error(`CARTOGRAPH_TEST_CATALOGS names a folder without ${absent}`);
test.skip(absent.length > 0, `left out for want of ${absent}; CARTOGRAPH_TEST_CATALOGS may name their folder`);

const BEST_SELLER = { title: 'White Hanging Heart T-Light Holder', path: '/products/white-hanging-heart-t-light-holder' };
// The orders of ten months, on a busy machine.
const LEARNT_WITHIN_MS = 120_000;

type Find = { words: string; title: string | RegExp; currency: string };

const GLOBE: Find = { words: 'inflatable political globe', title: 'Inflatable Political Globe', currency: '£' };
const SCREEN: Find = { words: 'cinewhite cinema235', title: /cinewhite cinema235/, currency: '$' };

/** Finds a product, buys it, and finds the order again. */
async function buys(page: Page, { words, title, currency }: Find): Promise<void> {
  await page.goto(`/search?q=${encodeURIComponent(words)}`);
  await cards(page).getByRole('link', { name: title }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await add(page);
  await expectUnitsInCart(page, 1);
  await reachReview(page);
  const { number } = await placeOrder(page);
  await findOrder(page, number, AMELIA.email);
  await expect(page.getByRole('main')).toContainText(number);
  await expect(page.getByRole('region', { name: 'Items' })).toContainText(title);
  await expect(amount(page.getByRole('complementary', { name: 'Amounts' }), 'Total')).toContainText(currency);
}

// The tag has the long import run in one project only, once for all ways of shopping.
test.describe('real catalogs', { tag: '@no-script-only' }, () => {
  test('a product of the gift shop is found, bought, and its order found again', ({ page }) => buys(page, GLOBE));
  test('a product of the electronics shop is found, bought, and its order found again', ({ page }) => buys(page, SCREEN));

  test('a shelf can be browsed, narrowed and turned', async ({ page }) => {
    await page.goto('/');
    await chooseCategory(page, 'Everything else');
    await sortBy(page, 'Price: high to low');
    await page.getByRole('navigation', { name: 'Pages of results' }).getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(/\?sort=price-down&page=2$/);
    await expect(cards(page)).toHaveCount(24);
  });

  test.describe('with scripts', () => {
    test.use({ javaScriptEnabled: true });

    test('a product of the gift shop is bought as well', ({ page }) => buys(page, GLOBE));
    test('a product of the electronics shop is bought as well', ({ page }) => buys(page, SCREEN));

    test('products with dirty words work as well', async ({ page }) => {
      // Quotes, signs and lower case, as the shops wrote them.
      for (const words of ['cable 6 ft', 'screen diagonal', 'case silicone', '22" monitor', "collector's edition"]) {
        await page.goto(`/search?q=${encodeURIComponent(words)}`);
        await cards(page).first().getByRole('heading').getByRole('link').click();
        await add(page);
        await expect(page.getByRole('region', { name: 'Added to your cart' })).toBeVisible();
      }
      await page.goto('/cart');
      await expect(page.getByRole('region', { name: 'Items in your cart' }).getByRole('listitem')).not.toHaveCount(0);
    });

    test.describe('on a phone', () => {
      test.use({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });

      test('a product of the gift shop is bought as well', ({ page }) => buys(page, GLOBE));
    });
  });

  // What goes with what is learnt beside the tests above; these come last.
  test('the order history shows what is bought together', async ({ page }) => {
    test.setTimeout(LEARNT_WITHIN_MS + 60_000);
    const first = page.getByRole('region', { name: 'Often bought together' }).getByRole('listitem').first();
    await expect(async () => {
      await page.goto(BEST_SELLER.path);
      await expect(first).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: LEARNT_WITHIN_MS });
    await first.getByText('Why this?').click();
    await expect(first.getByText(/^Bought together with .+ in \d+ orders\.$/)).toContainText(BEST_SELLER.title);
  });

  test('an order of the history stands in the graph with its lines', async ({ page, store }) => {
    await signInAsOperator(page, store);
    await page.goto('/operator/graph/order/history-536365');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Order: history-536365');
    const lines = page.getByRole('table', { name: 'Edges' }).getByRole('row').filter({ hasText: 'contains' });
    await expect(lines).toHaveCount(7);
    await expect(lines.filter({ hasText: BEST_SELLER.title })).toContainText('6 ×');
  });
});

import { addToCart, expect, type Locator, type Page, type Product, shelf, test } from './shopper';

const HISTORY = 'Your browsing history';

/** Lets the store remember, as a guest on a product's page. */
async function agree(page: Page, product: Product): Promise<void> {
  await page.goto(product.path);
  await expect(page.getByRole('heading', { name: 'Remember what you look at?' })).toBeVisible();
  await page.getByRole('button', { name: 'Remember', exact: true }).click();
  await expect(page.getByRole('main').getByRole('link', { name: HISTORY })).toBeVisible();
}

const card = (within: Locator, product: Product) =>
  within.getByRole('listitem').filter({ has: within.page().getByRole('link', { name: product.title, exact: true }) });

test('a guest finds again what they looked at, and takes it out', { tag: '@no-script' }, async ({ page, goods }) => {
  const [one, other] = [goods.plain(0), goods.plain(1)];
  await page.goto('/history');
  await expect(page.getByText('What you look at is not remembered.')).toBeVisible();
  await agree(page, one);
  await page.goto(other.path);
  await page.goto('/history');
  const seen = shelf(page, 'What you looked at');
  await expect(seen.getByRole('listitem').first()).toContainText(other.title);
  await expect(card(seen, one)).toContainText('Today');
  await seen.getByRole('button', { name: `Remove from your history: ${other.title}`, exact: true }).click();
  await expect(card(shelf(page, 'What you looked at'), one)).toBeVisible();
  await expect(card(shelf(page, 'What you looked at'), other)).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  await page.getByRole('button', { name: 'Switch off and clear' }).click();
  await expect(page.getByText('What you look at is not remembered.')).toBeVisible();
});

test('who is known is led on from the front page, but not to what they put away', { tag: '@no-script' }, async ({ page, goods }) => {
  const [one, other] = [goods.plain(2), goods.plain(3)];
  await agree(page, one);
  await page.goto(other.path);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome back');
  const keepLooking = () => shelf(page, 'Keep looking');
  await card(keepLooking(), other).getByText('Why this?').click();
  await expect(card(keepLooking(), other)).toContainText('You looked at it on');
  await keepLooking().getByRole('button', { name: `Not interested in ${other.title}`, exact: true }).click();
  await expect(page.getByText(`${other.title} will not be recommended to you any more.`)).toBeVisible();
  await expect(card(keepLooking(), other)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card(keepLooking(), other)).toBeVisible();
  await addToCart(page, other);
  await page.goto('/');
  await expect(card(keepLooking(), one)).toBeVisible();
  await expect(card(keepLooking(), other)).toHaveCount(0);
});

test('a product shows what is like it', { tag: '@no-script' }, async ({ page, goods }) => {
  const similar = shelf(page, 'Similar things');
  let place = 0;
  // What is bought together as well stands there alone.
  await expect(async () => {
    await page.goto(goods.plain(place++).path);
    await expect(similar.getByRole('listitem').first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await similar.getByText('Why this?').first().click();
  await expect(similar.getByText(/^From the same shelf as /).first()).toBeVisible();
});

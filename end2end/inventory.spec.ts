import { count, openStockOf, signInAsOperator } from './member';
import { AMELIA, addToCart, buy, expect, findOrder, line, type Page, placeOrder, press, quantityOf, reachReview, test } from './shopper';
import { axe } from './store';

// A product each, for what these tests buy is gone for the others.
test.describe('an open page', () => {
  test('says how many are left while somebody else buys', async ({ page, anotherShopper, goods }) => {
    const product = goods.scarce(3);
    await page.goto(product.path);
    const status = page.getByRole('main').getByRole('status');
    await expect(status.filter({ hasText: `Only ${product.unitsLeft} left in stock` })).toBeVisible();
    await buy(anotherShopper, product);
    const left = (product.unitsLeft ?? 0) - 1;
    await expect(status.filter({ hasText: left === 0 ? 'Sold out' : `Only ${left} left in stock` })).toBeVisible();
    if (left === 0) await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  });

  test('of the cart says that somebody was faster', async ({ page, anotherShopper, goods }) => {
    const product = goods.scarce(2);
    const units = product.unitsLeft ?? 0;
    await addToCart(page, product, units);
    await page.goto('/cart');
    await expect(quantityOf(page, product)).toHaveValue(String(units));
    await expect(line(page, product)).toContainText(`Only ${units} left in stock`);
    await buy(anotherShopper, product);
    await expect(line(page, product)).toContainText(units === 1 ? 'Sold out' : `Only ${units - 1} left`);
    // What was chosen stays: the shopper decides.
    await expect(line(page, product)).toBeVisible();
  });
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** Sends what was filled in there. */
async function sellLikeThis(operator: Page): Promise<void> {
  await operator.getByRole('button', { name: 'Sell it like this' }).click();
  await expect(operator.getByRole('status').filter({ hasText: 'It is sold like this from now on.' })).toBeVisible();
}

test('what is gone is sold for the day that it is back', { tag: '@no-script' }, async ({ page, anotherShopper: operator, goods, store }) => {
  const product = goods.plain(27);
  await signInAsOperator(operator, store);
  await count(operator, product, 0);
  await operator.getByLabel('When nothing is left').selectOption({ label: 'It can be ordered until it is back' });
  await operator.getByLabel('Units to be sold beyond those on hand').fill('5');
  await operator.getByRole('button', { name: 'Sell it like this' }).click();
  await expect(operator.getByRole('alert')).toContainText('Please give the day that it is expected');
  await expect(operator.getByLabel('Units to be sold beyond those on hand')).toHaveValue('5');
  await axe(operator);
  await operator.getByLabel('Expected on').fill(new Date(Date.now() + 40 * DAY_MS).toISOString().slice(0, 10));
  await sellLikeThis(operator);

  await page.goto(product.path);
  const back = /Back in stock on \w+day \d+ \w+ \d{4}, order now/;
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: back })).toBeVisible();
  await axe(page);
  await addToCart(page, product);
  await page.goto('/cart');
  await expect(line(page, product)).toContainText(back);
  await reachReview(page);
  const expected = /Expected in stock on \w+day \d+ \w+ \d{4}/;
  await expect(page.getByRole('complementary', { name: 'Your order' })).toContainText(expected);
  const { number } = await placeOrder(page);
  await findOrder(page, number, AMELIA.email);
  await expect(page.getByRole('main')).toContainText(expected);
});

test('a cart tells how many one customer may buy', { tag: '@no-script' }, async ({ page, anotherShopper: operator, goods, store }) => {
  const product = goods.plain(28);
  await signInAsOperator(operator, store);
  await openStockOf(operator, product);
  await operator.getByLabel('Most units').fill('2');
  await sellLikeThis(operator);

  await addToCart(page, product, 2);
  await page.goto('/cart');
  await expect(line(page, product)).toContainText('At most 2 for each customer.');
  await press(line(page, product).getByRole('button', { name: 'One more' }));
  await expect(line(page, product)).toContainText('At most 2 for each customer: the total counts 2, not 3.');
  await expect(page.getByRole('button', { name: 'Go to checkout' })).toBeDisabled();
  await axe(page);
  await press(line(page, product).getByRole('button', { name: 'Set to 2' }));
  await expect(quantityOf(page, product)).toHaveValue('2');
  await expect(page.getByRole('link', { name: 'Go to checkout' })).toBeVisible();
});

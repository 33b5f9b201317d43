import { join } from 'node:path';
import { holdBack } from './held';
import { axe } from './store';
import {
  addToCart,
  amount,
  awake,
  expect,
  hasScripts,
  line,
  type Page,
  pounds,
  press,
  quantityOf,
  placeOrder,
  reachReview,
  standardDeliveryPence,
  test,
} from './shopper';

test.use({ promotionImports: [join(import.meta.dirname, 'promotions.csv')] });

const summary = (page: Page) => page.getByRole('complementary', { name: 'Summary' });
const minus = (pence: number) => `−${pounds(pence)}`;
const tenth = (pence: number) => Math.round(pence / 10);

async function applyCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Coupon code').fill(code);
  await press(page.getByRole('button', { name: 'Apply', exact: true }));
}

test('three for two shows by itself, and follows the quantity', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  const price = product.first.pricePence;
  await addToCart(page, product, 2);
  await page.goto('/cart');
  await expect(page.getByRole('main')).not.toContainText('3 for 2');
  await press(line(page, product).getByRole('button', { name: 'One more' }));
  await expect(line(page, product)).toContainText(`3 for 2: ${minus(price)}`);
  await expect(amount(summary(page), 'Items')).toHaveText(pounds(3 * price));
  await expect(amount(summary(page), '3 for 2')).toHaveText(minus(price));
  await expect(amount(summary(page), 'Total')).toHaveText(pounds(2 * price + standardDeliveryPence(3 * price)));
  await axe(page);
  await press(line(page, product).getByRole('button', { name: 'One fewer' }));
  await expect(quantityOf(page, product)).toHaveValue('2');
  await expect(page.getByRole('main')).not.toContainText('3 for 2');
  await expect(amount(summary(page), 'Total')).toHaveText(pounds(2 * price + standardDeliveryPence(2 * price)));
});

test('a coupon is applied, explained up to the order, and gone after it', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  const price = product.first.pricePence;
  const total = price - tenth(price) + standardDeliveryPence(price);
  await addToCart(page, product);
  await page.goto('/cart');
  await applyCode(page, 'welcome-10');
  const remove = page.getByRole('button', { name: 'Remove coupon code WELCOME-10' });
  await expect(remove).toBeVisible();
  const told = page.getByRole('main').getByRole('status').filter({ hasText: 'applied' });
  await expect(told).toHaveText(`WELCOME-10 applied, ${minus(tenth(price))}`);
  if (hasScripts(page)) await expect(remove).toBeFocused();
  await expect(line(page, product)).toContainText(`Welcome offer: ${minus(tenth(price))}`);
  await expect(amount(summary(page), 'Welcome offer')).toHaveText(minus(tenth(price)));
  await expect(amount(summary(page), 'Total')).toHaveText(pounds(total));
  await page.reload();
  await expect(amount(summary(page), 'Total')).toHaveText(pounds(total));

  await reachReview(page);
  await expect(page.getByRole('complementary', { name: 'Your order' })).toContainText(`Welcome offer: ${minus(tenth(price))}`);
  const { totalPence } = await placeOrder(page);
  expect(totalPence).toBe(total);
  const amounts = page.getByRole('complementary', { name: 'Amounts' });
  await expect(amount(amounts, 'Welcome offer')).toHaveText(minus(tenth(price)));
  await expect(amount(amounts, 'Total')).toHaveText(pounds(total));

  await addToCart(page, product);
  await page.goto('/cart');
  await expect(page.getByLabel('Coupon code')).toHaveValue('');
  await expect(page.getByRole('main')).not.toContainText('Welcome offer');
});

test('a coupon is removed', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product);
  await page.goto('/cart');
  await applyCode(page, 'WELCOME-10');
  await press(page.getByRole('button', { name: 'Remove coupon code WELCOME-10' }));
  await expect(page.getByLabel('Coupon code')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('Welcome offer');
  await expect(line(page, product)).toBeVisible();
});

test('the mini cart shows what the cart shows', async ({ page, goods }) => {
  const product = goods.plain();
  const price = product.first.pricePence;
  await addToCart(page, product, 3);
  const mini = page.getByRole('region', { name: 'Added to your cart' });
  await expect(mini.getByText('Cart, 3 items')).toBeVisible();
  await expect(mini).toContainText(pounds(2 * price));
  await expect(page.getByRole('status').filter({ hasText: 'Added to your cart' })).toContainText(`3 items, ${pounds(2 * price)}`);
});

test('a code that is not taken says why beside the field and keeps the cart', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product);
  await page.goto('/cart');
  for (const [code, words] of [
    ['NO-SUCH-CODE', "We don't know that code"],
    ['last-year', 'That code has expired.'],
  ] as const) {
    await applyCode(page, code);
    const field = page.getByLabel('Coupon code');
    await expect(field).toHaveAccessibleDescription(new RegExp(words));
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveValue(code);
    await expect(line(page, product)).toBeVisible();
    await axe(page);
  }
  await applyCode(page, 'WELCOME-10');
  await expect(amount(summary(page), 'Welcome offer')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('expired');
});

test('no amount is shown that the server has not counted', async ({ page, goods }) => {
  const product = goods.plain();
  const price = product.first.pricePence;
  await addToCart(page, product, 3);
  await page.goto('/cart');
  const answer = await holdBack(page, '/api/cart/lines/quantity');
  const more = line(page, product).getByRole('button', { name: 'One more' });
  await awake(more);
  await more.click();
  await expect(amount(summary(page), 'Items')).toHaveText(pounds(4 * price));
  await expect(amount(summary(page), 'Total')).toHaveText('…');
  await expect(line(page, product).getByText('3 for 2')).toBeHidden();
  await answer();
  await expect(amount(summary(page), 'Total')).toHaveText(pounds(3 * price + standardDeliveryPence(4 * price)));
  await expect(line(page, product)).toContainText(`3 for 2: ${minus(price)}`);
});

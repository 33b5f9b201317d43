import { count, openStockOf, signInAsOperator } from './member';
import { AMELIA, addToCart, expect, findOrder, type Goods, line, placeOrder, type Product, reachReview, test } from './shopper';
import { axe } from './store';

/** What can be chosen from, at a place from the end: other tests choose from the beginning. Of some it is counted anew. */
function fromTheEnd(goods: Goods, place: number): Product {
  const several = goods.all.filter(({ offers, first, unitsLeft }) => offers.length > 1 && first.inStock && unitsLeft === undefined);
  const found = several.at(-place);
  if (found === undefined) throw new Error(`the store has ${several.length} products to choose from`);
  return found;
}

test('a bundle says what is in it and takes the stock of its parts', { tag: '@no-script' }, async ({ page, anotherShopper: operator, goods, store }) => {
  const [bundle, part, other] = [goods.plain(19), goods.plain(26), fromTheEnd(goods, 1)];
  await signInAsOperator(operator, store);
  await count(operator, part, 40);
  await count(operator, other, 3);
  await openStockOf(operator, bundle);
  const parts = operator.getByLabel('Parts of the bundle');
  await parts.fill(`${part.first.sku},2\n${other.first.sku}`);
  await operator.getByRole('button', { name: 'Sell it with these parts' }).click();
  await expect(operator.getByText('Line 2 must be a SKU and how many units of it')).toBeVisible();
  await expect(parts).toHaveValue(new RegExp(`^${part.first.sku},2\\s`));
  await axe(operator);
  await parts.fill(`${part.first.sku},2\n${other.first.sku},1`);
  await operator.getByRole('button', { name: 'Sell it with these parts' }).click();
  await expect(operator.getByRole('status')).toContainText('It is sold with these parts from now on.');
  await expect(operator.getByRole('term').filter({ hasText: 'Can be sold' })).toBeVisible();
  await expect(operator.getByLabel('Units on hand', { exact: true })).toBeHidden();
  await axe(operator);

  await page.goto(bundle.path);
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Only 3 left in stock' })).toBeVisible();
  const inBundle = page.getByRole('region', { name: 'In this bundle' });
  await expect(inBundle).toContainText(`2 × ${part.title}`);
  await axe(page);
  await inBundle.getByRole('link', { name: part.title }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(part.title);

  await addToCart(page, bundle);
  await page.goto('/cart');
  await expect(line(page, bundle).first()).toContainText(`1 × ${other.title}`);
  await axe(page);
  await reachReview(page);
  await expect(page.getByRole('complementary', { name: 'Your order' })).toContainText(/With .* × /);
  const { number } = await placeOrder(page);
  await findOrder(page, number, AMELIA.email);
  await expect(page.getByRole('main')).toContainText(`2 × ${part.title}`);

  // One of three is gone, and so is what it was made of.
  await page.goto(other.first.path);
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Only 2 left in stock' })).toBeVisible();
  await openStockOf(operator, part);
  await expect(operator.getByRole('region', { name: 'Movements' })).toContainText(number);
});

test('an open page of a bundle follows the stock of its parts', async ({ page, anotherShopper: operator, goods, store }) => {
  const [bundle, part] = [goods.plain(19), fromTheEnd(goods, 2)];
  await signInAsOperator(operator, store);
  await count(operator, part, 8);
  await openStockOf(operator, bundle);
  await operator.getByLabel('Parts of the bundle').fill(`${part.first.sku},4`);
  await operator.getByRole('button', { name: 'Sell it with these parts' }).click();
  await expect(operator.getByRole('status')).toContainText('It is sold with these parts from now on.');
  await page.goto(bundle.path);
  const status = page.getByRole('main').getByRole('status');
  await expect(status.filter({ hasText: 'Only 2 left in stock' })).toBeVisible();
  await count(operator, part, 7);
  await expect(status.filter({ hasText: 'Only 1 left in stock' })).toBeVisible();
  await count(operator, part, 3);
  await expect(status.filter({ hasText: 'Sold out' })).toBeVisible();
});

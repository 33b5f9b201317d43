import { addToCart, buy, expect, line, quantityOf, test } from './shopper';

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

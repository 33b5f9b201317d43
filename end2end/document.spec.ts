import { addButton, expect, expectUnitsInCart, press, test } from './shopper';

test('a page wakes though its browser is never idle', async ({ page, goods }) => {
  await page.addInitScript(() => {
    globalThis.requestIdleCallback = (wake, options) =>
      options?.timeout === undefined ? 0 : window.setTimeout(() => wake({ didTimeout: true, timeRemaining: () => 0 }), options.timeout);
  });
  await page.goto(goods.plain().path);
  await press(addButton(page));
  await expect(page.getByRole('region', { name: 'Added to your cart' })).toBeVisible();
  await expectUnitsInCart(page, 1);
});

import { holdBack } from './held';
import {
  add,
  addButton,
  addToCart,
  awake,
  cartLink,
  expect,
  expectUnitsInCart,
  pounds,
  press,
  quantityOf,
  test,
} from './shopper';

test('the mini cart shows what was added, at once and within reach', async ({ page, goods }) => {
  const product = goods.plain();
  await page.goto(product.path);
  await press(addButton(page));
  const mini = page.getByRole('region', { name: 'Added to your cart' });
  await expect(mini).toContainText(product.title);
  await expect(mini).toContainText('1 added');
  await expect(mini).toContainText(pounds(product.first.pricePence));
  await expectUnitsInCart(page, 1);
  await expect(page.getByRole('status').filter({ hasText: 'Added to your cart' })).toContainText('1 item');

  await page.keyboard.press('Escape');
  await expect(mini).toBeHidden();
  await press(addButton(page));
  await expect(mini).toContainText('Cart, 2 items');
  await expect(mini).toContainText(pounds(2 * product.first.pricePence));
  await mini.getByRole('button', { name: 'Close' }).click();
  await expect(mini).toBeHidden();
  await press(addButton(page));
  await mini.getByRole('link', { name: 'View cart' }).click();
  await expect(quantityOf(page, product)).toHaveValue('3');
});

test('the mini cart comes next for the keyboard, and gives the focus back', async ({ page, goods }) => {
  await page.goto(goods.plain().path);
  const mini = page.getByRole('region', { name: 'Added to your cart' });
  const button = addButton(page);
  await awake(button);
  await button.press('Enter');
  await expect(mini).toBeVisible();
  await expect(button).toBeFocused();
  const order = [mini.getByRole('button', { name: 'Close' }), mini.getByRole('link', { name: 'View cart' }), mini.getByRole('link', { name: 'Checkout' })];
  for (const stop of order) {
    await page.keyboard.press('Tab');
    await expect(stop).toBeFocused();
  }
  // After it comes what follows the button, and before it the button.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').getByRole('link', { name: 'Tell me when the price falls' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(button).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(button).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(mini).toBeHidden();
  await expect(button).toBeFocused();
});

test('the header counts at once, before the server has answered', async ({ page, goods }) => {
  await page.goto(goods.plain().path);
  const answer = await holdBack(page, '/api/cart/lines');
  await press(addButton(page));
  await expect(cartLink(page)).toHaveAccessibleName(/items: 1$/);
  const adding = page.getByRole('region', { name: 'Adding to your cart…' });
  await expect(adding).toContainText('1 item');
  await expect(adding).not.toContainText('added');
  await answer();
  await expect(page.getByRole('region', { name: 'Added to your cart' })).toContainText('1 added');
  await expectUnitsInCart(page, 1);
});

test('whoever goes to the cart at once finds there what was just added', async ({ page, goods }) => {
  const product = goods.plain();
  await page.goto(product.path);
  const answer = await holdBack(page, '/api/cart/lines');
  await press(addButton(page));
  await expect(cartLink(page)).toHaveAttribute('aria-busy', 'true');
  await cartLink(page).click();
  await answer();
  await expect(page).toHaveURL('/cart');
  await expect(quantityOf(page, product)).toHaveValue('1');
});

test('the count survives a reload and is the same on every page', async ({ page, goods }) => {
  await addToCart(page, goods.plain(), 2);
  await addToCart(page, goods.plain(1), 3);
  await expectUnitsInCart(page, 5);
  await page.reload();
  await expectUnitsInCart(page, 5);
  for (const path of ['/', '/help', '/cart']) {
    await page.goto(path);
    await expectUnitsInCart(page, 5);
  }
});

test('what is typed before the script arrives counts', async ({ page, goods }) => {
  const product = goods.plain();
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(product.path);
  await page.getByLabel('Quantity', { exact: true }).fill('4');
  arrive();
  await awake(addButton(page));
  // Before a form is posted: see `holdBack`.
  await page.unroute('**/*.wasm');
  await add(page);
  await expectUnitsInCart(page, 4);
  await page.goto('/cart');
  await expect(quantityOf(page, product)).toHaveValue('4');
});

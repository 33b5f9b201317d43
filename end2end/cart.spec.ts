import { holdBack } from './held';
import {
  addButton,
  addToCart,
  amount,
  awake,
  buttonFor,
  cartLink,
  expect,
  expectUnitsInCart,
  hasScripts,
  line,
  type Page,
  placeButton,
  placeOrder,
  pounds,
  press,
  type Product,
  quantityOf,
  reachReview,
  savedLine,
  standardDeliveryPence,
  tabTo,
  test,
} from './shopper';

test('an empty cart leads back into the store', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/cart');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
  await expect(page.getByRole('link', { name: 'Go to checkout' })).toHaveCount(0);
  await expectUnitsInCart(page, 0);
  await expect(page.getByRole('region', { name: 'Best rated' }).getByRole('article')).not.toHaveCount(0);
  await page.getByRole('link', { name: 'Look around' }).click();
  await expect(page).toHaveURL('/');
});

test('an empty cart is filled from its own shelf, once for each press', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/cart');
  await press(page.getByRole('button', { name: /^Add to cart/ }).first());
  await expect(page.getByRole('region', { name: 'Items in your cart' }).getByRole('listitem')).toHaveCount(1);
  await expectUnitsInCart(page, 1);
});

test('quantities change in place and every amount follows', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  const price = product.first.pricePence;
  await addToCart(page, product);
  await page.goto('/cart');
  const summary = page.getByRole('complementary', { name: 'Summary' });
  const holds = async (units: number) => {
    await expect(quantityOf(page, product)).toHaveValue(`${units}`);
    await expect(line(page, product)).toContainText(pounds(units * price));
    await expect(amount(summary, 'Items')).toHaveText(pounds(units * price));
    const delivery = standardDeliveryPence(units * price);
    await expect(amount(summary, 'Delivery')).toHaveText(delivery === 0 ? 'Free' : pounds(delivery));
    await expect(amount(summary, 'Total')).toHaveText(pounds(units * price + delivery));
    await expectUnitsInCart(page, units);
  };
  await holds(1);
  await press(line(page, product).getByRole('button', { name: 'One more' }));
  await holds(2);
  await press(line(page, product).getByRole('button', { name: 'One more' }));
  await holds(3);
  await press(line(page, product).getByRole('button', { name: 'One fewer' }));
  await holds(2);
  await quantityOf(page, product).fill('5');
  await quantityOf(page, product).press('Enter');
  await holds(5);
  await page.reload();
  await holds(5);
});

/** Comes to a cart with one unit of a product, where what "One more" posts is held back until it is answered. */
async function comeToHeldCart(page: Page, product: Product) {
  await addToCart(page, product);
  await page.goto('/cart');
  const more = line(page, product).getByRole('button', { name: 'One more' });
  await awake(more);
  return { more, answer: await holdBack(page, '/api/cart/lines/quantity') };
}

test('many presses in a row all count', async ({ page, goods }) => {
  const product = goods.plain();
  const { more, answer } = await comeToHeldCart(page, product);
  for (let presses = 0; presses < 4; presses++) await more.click();
  await expect(quantityOf(page, product)).toHaveValue('5');
  await answer();
  await expectUnitsInCart(page, 5);
  await page.reload();
  await expect(quantityOf(page, product)).toHaveValue('5');
});

test('a press counts during which an answer arrives', async ({ page, goods }) => {
  const product = goods.plain();
  const { more, answer } = await comeToHeldCart(page, product);
  await more.click();
  await more.hover();
  await page.mouse.down();
  // The form is led on to the cart's page.
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === '/cart');
  await answer();
  await (await answered).finished();
  await page.mouse.up();
  await expectUnitsInCart(page, 3);
  await page.reload();
  await expect(quantityOf(page, product)).toHaveValue('3');
});

test('a line is removed, and comes back by undo', { tag: '@no-script' }, async ({ page, goods }) => {
  const [stays, goes] = [goods.plain(), goods.plain(1)];
  await addToCart(page, stays);
  await addToCart(page, goes, 2);
  await page.goto('/cart');
  await press(buttonFor(line(page, goes), 'Remove', goes.title));
  await expect(line(page, goes)).toHaveCount(0);
  await expect(line(page, stays)).toBeVisible();
  const told = page.getByRole('main').getByRole('status').filter({ hasText: 'Removed' });
  await expect(told).toContainText(goes.title);
  await expectUnitsInCart(page, 1);
  await press(told.getByRole('button', { name: 'Undo' }));
  await expect(quantityOf(page, goes)).toHaveValue('2');
  await expectUnitsInCart(page, 3);
});

test('the last line can be removed and brought back as well', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product);
  await page.goto('/cart');
  await press(line(page, product).getByRole('button', { name: 'One fewer' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
  await press(page.getByRole('button', { name: 'Undo' }));
  await expect(quantityOf(page, product)).toHaveValue('1');
});

test('the focus is not lost when a line is removed', async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product);
  await page.goto('/cart');
  const remove = buttonFor(line(page, product), 'Remove', product.title);
  await awake(remove);
  await remove.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
});

test('what is saved for later waits, and moves back', { tag: '@no-script' }, async ({ page, goods }) => {
  const [now, later] = [goods.plain(), goods.plain(1)];
  await addToCart(page, now);
  await addToCart(page, later, 2);
  await page.goto('/cart');
  await press(buttonFor(line(page, later), 'Save for later', later.title));
  await expect(line(page, later)).toHaveCount(0);
  await expect(savedLine(page, later)).toContainText(pounds(later.first.pricePence));
  await expectUnitsInCart(page, 1);
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await expect(amount(summary, 'Items')).toHaveText(pounds(now.first.pricePence));
  await page.reload();
  await press(buttonFor(savedLine(page, later), 'Move to cart', later.title));
  await expect(quantityOf(page, later)).toHaveValue('2');
  await expect(savedLine(page, later)).toHaveCount(0);
  await expectUnitsInCart(page, 3);

  await press(buttonFor(line(page, later), 'Save for later', later.title));
  await press(page.getByRole('button', { name: 'Undo' }));
  await expect(quantityOf(page, later)).toHaveValue('2');
  await expect(savedLine(page, later)).toHaveCount(0);

  await press(buttonFor(line(page, later), 'Save for later', later.title));
  await press(buttonFor(savedLine(page, later), 'Remove', later.title));
  await expect(savedLine(page, later)).toHaveCount(0);
  await expect(line(page, now)).toBeVisible();
});

test('more than there is can not be bought, and one press mends it', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.scarce();
  const left = product.unitsLeft ?? 0;
  await addToCart(page, product, left);
  await page.goto('/cart');
  await press(line(page, product).getByRole('button', { name: 'One more' }));
  await expect(line(page, product)).toContainText(`Only ${left} left: the total counts ${left}, not ${left + 1}.`);
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await expect(amount(summary, `Items (${left})`)).toHaveText(pounds(left * product.first.pricePence));
  await expect(page.getByRole('link', { name: 'Go to checkout' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Go to checkout' })).toBeDisabled();
  await press(line(page, product).getByRole('button', { name: `Set to ${left}` }));
  await expect(page.getByRole('link', { name: 'Go to checkout' })).toBeVisible();
  await expect(quantityOf(page, product)).toHaveValue(`${left}`);
});

test('more is not added than there is', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.scarce();
  const left = product.unitsLeft ?? 0;
  await addToCart(page, product, left + 50);
  await expectUnitsInCart(page, left);
  const told = hasScripts(page)
    ? page.getByRole('region', { name: 'Added to your cart' })
    : page.getByRole('main').getByRole('status');
  await expect(told.filter({ hasText: `Added ${left}; that is all we have.` })).toBeVisible();
  await page.goto(product.path);
  await press(addButton(page));
  await expect(page.getByText(`Your cart holds all ${left} that we have already.`).first()).toBeVisible();
  await page.goto('/cart');
  await expect(quantityOf(page, product)).toHaveValue(`${left}`);
});

test('what is brought back stands where it stood', { tag: '@no-script' }, async ({ page, goods }) => {
  const [first, second] = [goods.plain(), goods.plain(1)];
  await addToCart(page, first);
  await addToCart(page, second);
  await page.goto('/cart');
  await press(buttonFor(line(page, first), 'Remove', first.title));
  await press(page.getByRole('main').getByRole('button', { name: 'Undo' }));
  const lines = page.getByRole('region', { name: 'Items in your cart' }).getByRole('listitem');
  await expect(lines).toHaveText([new RegExp(first.title), new RegExp(second.title)]);
});

test('the focus is never in a box without words', async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product);
  await page.goto('/cart');
  const answer = await holdBack(page, '/api/cart/saved');
  const focused = page.locator(':focus');
  const save = buttonFor(line(page, product), 'Save for later', product.title);
  await awake(save);
  await save.focus();
  await page.keyboard.press('Enter');
  await expect(focused).toHaveText('One moment…');
  await answer();
  await expect(focused).toContainText('for later');
  const back = buttonFor(savedLine(page, product), 'Move to cart', product.title);
  await awake(back);
  await back.focus();
  await page.keyboard.press('Enter');
  await expect(quantityOf(page, product)).toHaveValue('1');
  await expect(focused).toHaveText('Your cart');
});

test('an absurd quantity is refused in words', async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product, 2);
  await page.goto('/cart');
  await awake(line(page, product).getByRole('button', { name: 'One more' }));
  await quantityOf(page, product).fill('5000');
  await quantityOf(page, product).blur();
  const told = page.getByRole('main').getByRole('status').filter({ hasText: 'At most 999 of one thing fit into a cart.' });
  await expect(told).toBeVisible();
  await expect(quantityOf(page, product)).toHaveValue('2');
  await expectUnitsInCart(page, 2);
});

test('a form with an absurd quantity is refused as well', { tag: '@no-script-only' }, async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product, 2);
  for (const [quantity, words] of [
    ['5000', 'At most 999 of one thing fit into a cart.'],
    ['99999999999999999999', 'At most 999 of one thing fit into a cart.'],
    ['-3', 'A quantity is a whole number'],
    ['many', 'A quantity is a whole number'],
  ] as const) {
    await page.goto(product.path);
    const field = page.getByLabel('Quantity', { exact: true });
    // A browser would not send these by itself.
    await field.evaluate((input: HTMLInputElement, value) => {
      input.type = 'text';
      input.form?.setAttribute('novalidate', '');
      input.value = value;
    }, quantity);
    await addButton(page).click();
    await expect(page).toHaveURL(/\/cart\?/);
    await expect(page.getByRole('main')).toContainText(words);
    await expect(quantityOf(page, product)).toHaveValue('2');
  }
});

test('a cart that was changed in another tab is told, not overwritten', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  await addToCart(page, product);
  await page.goto('/cart');
  const other = await page.context().newPage();
  await other.goto('/cart');
  for (const units of [2, 3]) {
    await press(line(other, product).getByRole('button', { name: 'One more' }));
    await expectUnitsInCart(other, units);
  }
  await other.reload();
  await expect(quantityOf(other, product)).toHaveValue('3');

  await press(line(page, product).getByRole('button', { name: 'One more' }));
  const told = page.getByRole('main').getByText('Your cart was changed in another window; here is how it is now.');
  await expect(told).toBeVisible();
  await expect(quantityOf(page, product)).toHaveValue('3');
  await press(line(page, product).getByRole('button', { name: 'One more' }));
  await expectUnitsInCart(page, 4);
  await expect(quantityOf(page, product)).toHaveValue('4');
  await expect(told).toHaveCount(0);
});

test('an order is for the cart that was seen, whatever another tab does to it', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain();
  const other = await page.context().newPage();
  await addToCart(page, product);
  await reachReview(page);
  await other.goto('/cart');
  await press(line(other, product).getByRole('button', { name: 'One more' }));
  await expectUnitsInCart(other, 2);
  await placeButton(page).click();
  const told = page.getByRole('alert');
  const total = 2 * product.first.pricePence + standardDeliveryPence(2 * product.first.pricePence);
  await expect(told).toContainText(`it is now ${pounds(total)}. Nothing was ordered or charged.`);
  await expect(placeButton(page)).toHaveText(`Place order, ${pounds(total)}`);
  await expect(line(other, product)).toBeVisible();

  // The other tab takes away all of it, and brings it back.
  await press(buttonFor(line(other, product), 'Remove', product.title));
  await expectUnitsInCart(other, 0);
  await placeButton(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
  await press(other.getByRole('button', { name: 'Undo' }));
  await expectUnitsInCart(other, 2);
  await page.goto('/checkout/review');
  expect((await placeOrder(page)).totalPence).toBe(total);
});

test('a forged cookie is nobody’s cart', async ({ page, goods, store }) => {
  await addToCart(page, goods.plain());
  const [genuine] = (await page.context().cookies()).filter(({ name }) => name === 'cart');
  expect(genuine).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  for (const value of ['', 'x'.repeat(3000), `${genuine?.value.slice(0, -4)}AAAA`, '%FF%00']) {
    await page.context().addCookies([{ name: 'cart', value, url: store.baseURL }]);
    await page.goto('/cart');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
  }
  await addToCart(page, goods.plain(1));
  await expectUnitsInCart(page, 1);
});

test.describe('without a connection', () => {
  test.use({ expectedConsole: [/ERR_INTERNET_DISCONNECTED/] });

  test('a change that did not reach the store is taken back and told', async ({ page, context, goods }) => {
    const product = goods.plain();
    await addToCart(page, product, 2);
    await page.goto('/cart');
    await awake(line(page, product).getByRole('button', { name: 'One more' }));
    await context.setOffline(true);
    await line(page, product).getByRole('button', { name: 'One more' }).click();
    const told = page.getByRole('main').getByRole('status').filter({ hasText: "The store can't be reached" });
    await expect(told).toBeVisible();
    await expect(quantityOf(page, product)).toHaveValue('2');
    await expectUnitsInCart(page, 2);
    await context.setOffline(false);
    await line(page, product).getByRole('button', { name: 'One more' }).click();
    await expectUnitsInCart(page, 3);
    await expect(quantityOf(page, product)).toHaveValue('3');
    await expect(told).toHaveCount(0);
  });

  test('what could not be added is told', async ({ page, context, goods }) => {
    await page.goto(goods.plain().path);
    await awake(addButton(page));
    await context.setOffline(true);
    await addButton(page).click();
    await expect(page.getByRole('region', { name: 'Not added' })).toContainText("The store can't be reached");
    await expectUnitsInCart(page, 0);
  });
});

test('the keyboard alone leads from a product to the checkout', async ({ page, goods }) => {
  const product = goods.plain();
  await page.goto(product.path);
  await awake(addButton(page));
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await tabTo(page.getByLabel('Quantity', { exact: true }));
  await page.keyboard.type('2');
  await tabTo(addButton(page));
  await page.keyboard.press('Enter');
  await expectUnitsInCart(page, 2);
  await tabTo(cartLink(page), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/cart');
  await awake(line(page, product).getByRole('button', { name: 'One more' }));
  await tabTo(line(page, product).getByRole('button', { name: 'One more' }));
  await page.keyboard.press('Space');
  await expect(quantityOf(page, product)).toHaveValue('3');
  await expectUnitsInCart(page, 3);
  await tabTo(page.getByRole('link', { name: 'Go to checkout' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/checkout/address');
  const order = page.getByRole('complementary', { name: 'Your order' });
  await expect(amount(order, 'Items')).toHaveText(pounds(3 * product.first.pricePence));
});

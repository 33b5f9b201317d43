import {
  addToCart,
  AMELIA,
  CARDS,
  cartLink,
  expect,
  expectUnitsInCart,
  fillCard,
  findOrder,
  orderNumber,
  type Page,
  placeButton,
  reachReview,
  test,
} from './shopper';

/** Places an order whose card asks the shopper to confirm it, and comes to the bank's page. */
async function comeToBank(page: Page, card: string = CARDS.challenges): Promise<void> {
  await reachReview(page, card);
  const words = await placeButton(page).innerText();
  await placeButton(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is this payment yours?');
  await expect(page.getByRole('main')).toContainText(words.replace(/^Place order, /, ''));
}

async function answer(page: Page, confirms: boolean): Promise<void> {
  await page.getByRole('button', { name: confirms ? 'Confirm the payment' : 'This is not mine' }).click();
}

async function isPlaced(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, Amelia. Your order is placed.');
  await expect(page.getByRole('main')).not.toContainText('Your bank has not answered');
  return orderNumber(page);
}

for (const [told, card] of Object.entries({
  'at the same time': CARDS.challenges,
  'before the browser': CARDS.noticeBeforeBrowser,
  'after the browser': CARDS.noticeAfterBrowser,
  twice: CARDS.noticeTwice,
})) {
  test(`a payment that is confirmed with the bank, heard of ${told}`, { tag: '@no-script' }, async ({ page, goods }) => {
    await addToCart(page, goods.plain(30));
    await comeToBank(page, card);
    await answer(page, true);
    const number = await isPlaced(page);
    await page.goto('/');
    await expectUnitsInCart(page, 0);
    await findOrder(page, number, AMELIA.email);
    await expect(page.getByRole('main')).toContainText('Payment authorised');
  });
}

test('a payment that is not confirmed costs nothing, and another card pays', { tag: '@no-script' }, async ({ page, goods }) => {
  await addToCart(page, goods.plain(31));
  await comeToBank(page);
  await answer(page, false);
  await expect(page).toHaveURL(/\/checkout\/payment\?/);
  await expect(page.getByRole('alert')).toContainText('The payment was not confirmed with your bank.');
  await expect(page.getByRole('alert')).toContainText('Nothing was charged and your cart is kept.');
  await fillCard(page, CARDS.pays);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await placeButton(page).click();
  await isPlaced(page);
});

test('whoever leaves the bank comes to it again by the same button', { tag: '@no-script' }, async ({ page, goods }) => {
  await addToCart(page, goods.plain(32));
  await comeToBank(page);
  const bank = page.url();
  await page.goto('/checkout/review');
  await placeButton(page).click();
  await expect(page).toHaveURL(bank);
  await answer(page, true);
  const number = await isPlaced(page);
  // Its page leads back, however often it is opened.
  await page.goto(bank);
  expect(await isPlaced(page)).toBe(number);
});

test('a browser that does not come back is not needed', { tag: '@no-script' }, async ({ page, goods }) => {
  await addToCart(page, goods.plain(29));
  await comeToBank(page, CARDS.noticeBeforeBrowser);
  // What the form of the bank's page posts, and nobody follows where it leads.
  await page.request.post(page.url(), { form: { answer: 'confirm' }, maxRedirects: 0 });
  // The shopper opens the store again, later.
  // The bank's notice alone ends it, in its own time.
  await expect(async () => {
    await page.goto('/');
    await expect(cartLink(page)).toHaveAccessibleName('Cart', { timeout: 1_000 });
  }).toPass();
});

import { dirname } from 'node:path';
import {
  AMELIA,
  CARDS,
  type Locator,
  type Page,
  addToCart,
  amount,
  expect,
  fillAddress,
  fillCard,
  findOrder,
  placeButton,
  placeOrder,
  pounds,
  standardDeliveryPence,
  test,
} from './shopper';
import { type Store, cartograph } from './store';

/** Issues a gift card in the store of this worker, and answers its code. */
async function issue(store: Store, amountPence: number): Promise<string> {
  const price = (amountPence / 100).toFixed(2);
  const said = await cartograph(
    dirname(store.data), 'gift-cards', 'issue', '--amount', price, '--currency', 'GBP', '--data', store.data,
  );
  const code = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/m.exec(said)?.[0];
  if (code === undefined) throw new Error(`no code in ${said}`);
  return code;
}

function heading(page: Page): Locator {
  return page.getByRole('heading', { level: 1 });
}

function summary(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Your order' });
}

/** What gift cards of the payment step stand in. */
function giftCards(page: Page): Locator {
  return page.locator('#gift-cards');
}

async function reachPayment(page: Page): Promise<void> {
  await page.goto('/checkout/address');
  await fillAddress(page);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await expect(heading(page)).toHaveText('How will you pay?');
}

async function apply(page: Page, code: string): Promise<void> {
  const field = page.getByLabel('Gift card code');
  if (!(await field.isVisible())) await giftCards(page).getByText('Gift card or store credit').click();
  await field.fill(code);
  await giftCards(page).getByRole('button', { name: 'Apply' }).click();
}

test('a gift card is applied, removed, and pays a part of an order', { tag: '@no-script' }, async ({ page, goods, store }) => {
  const product = goods.plain(4);
  const total = product.first.pricePence + standardDeliveryPence(product.first.pricePence);
  const code = await issue(store, 2_00);
  const name = `Gift card ···· ${code.slice(-4)}`;
  await addToCart(page, product);
  await reachPayment(page);

  // A slip of the pen is told beside the field.
  await apply(page, '7K4M');
  const field = page.getByLabel('Gift card code');
  await expect(field).toHaveAccessibleDescription(/That is no code of a gift card/);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveValue('7K4M');

  // However it is typed, it pays before the card.
  await apply(page, code.toLowerCase().replaceAll('-', ' '));
  await expect(giftCards(page)).toContainText(`${name} pays £2.00 of £2.00 left on it`);
  await expect(amount(summary(page), name)).toHaveText('−£2.00');
  await expect(amount(summary(page), 'Left to pay')).toHaveText(pounds(total - 2_00));
  expect(await page.content()).not.toContain(code);

  await giftCards(page).getByRole('button', { name: `Remove ${name}` }).click();
  await expect(heading(page)).toHaveText('How will you pay?');
  await expect(summary(page)).not.toContainText('Left to pay');

  await apply(page, code);
  await fillCard(page, CARDS.pays);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(heading(page)).toHaveText('Check and place your order');
  await expect(page.getByRole('main')).toContainText(
    `${name} £2.00, Card ending in 4242 ${pounds(total - 2_00)}`,
  );
  await expect(placeButton(page)).toHaveText(`Place order and pay ${pounds(total - 2_00)}`);
  const { number } = await placeOrder(page);

  await findOrder(page, number, AMELIA.email);
  const details = page.getByRole('region', { name: 'Order details' });
  await expect(details.getByText(name)).toContainText('£2.00');
  await expect(details.getByText('Card ending in 4242')).toContainText(pounds(total - 2_00));
  const amounts = page.getByRole('complementary', { name: 'Amounts' });
  await expect(amount(amounts, 'Total')).toHaveText(pounds(total));
  await expect(amount(amounts, name)).toHaveText('−£2.00');
  await expect(amount(amounts, 'Paid otherwise')).toHaveText(pounds(total - 2_00));

  // Nothing is left on it for another order.
  await addToCart(page, product);
  await reachPayment(page);
  await apply(page, code);
  await expect(page.getByLabel('Gift card code')).toHaveAccessibleDescription(/Nothing is left on that gift card/);
});

test('what a gift card pays altogether needs no card', { tag: '@no-script' }, async ({ page, goods, store }) => {
  const product = goods.plain(5);
  const total = product.first.pricePence + standardDeliveryPence(product.first.pricePence);
  const code = await issue(store, total + 1_00);
  const name = `Gift card ···· ${code.slice(-4)}`;
  await addToCart(page, product);
  await reachPayment(page);
  await apply(page, code);
  await expect(amount(summary(page), 'Left to pay')).toHaveText('£0.00');
  await expect(page.getByLabel('Card number')).toHaveCount(0);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(heading(page)).toHaveText('Check and place your order');
  const { number } = await placeOrder(page);

  // Cancelled, it pays once more.
  await findOrder(page, number, AMELIA.email);
  await page.getByText('Cancel this order').first().click();
  await page.getByRole('button', { name: `Cancel order ${number}` }).click();
  await expect(heading(page)).toHaveText('Cancelled');
  await addToCart(page, product);
  await reachPayment(page);
  await apply(page, code);
  await expect(giftCards(page)).toContainText(`${name} pays ${pounds(total)} of ${pounds(total + 1_00)} left on it`);
});

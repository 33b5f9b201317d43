import { freshEmail, register, signInAsOperator } from './member';
import { axe } from './store';
import { addToCart, amount, CARDS, expect, fillAddress, fillCard, placeOrder, pounds, standardDeliveryPence, test } from './shopper';

test('store credit is given with a reason, pays, and says what it paid', { tag: '@no-script' }, async ({ page, anotherShopper: desk, store, goods }) => {
  const product = goods.plain(6);
  const total = product.first.pricePence + standardDeliveryPence(product.first.pricePence);
  const given = total - 2_00;
  const email = freshEmail();
  await register(page, store, email);
  await signInAsOperator(desk, store);
  await desk.goto('/operator/accounts');
  await desk.getByLabel('E-mail address of the account').fill(email);
  await desk.getByRole('button', { name: 'Find the account' }).click();
  await desk.getByLabel('Amount', { exact: true }).fill('a few');
  await desk.getByLabel('Why', { exact: true }).fill('Your lamp came late');
  await desk.getByRole('button', { name: 'Give it' }).click();
  await expect(desk.getByLabel('Amount', { exact: true })).toHaveAccessibleDescription(/looks like 20\.00/);
  await expect(desk.getByLabel('Why', { exact: true })).toHaveValue('Your lamp came late');
  await axe(desk);
  await desk.getByLabel('Amount', { exact: true }).fill((given / 100).toFixed(2));
  await desk.getByRole('button', { name: 'Give it' }).click();
  await expect(desk.getByRole('status')).toContainText('The store credit is given.');
  await expect(desk.getByRole('main')).toContainText(`It has ${pounds(given)} left.`);

  await page.goto('/account/credit');
  await expect(page.getByRole('heading', { name: `${pounds(given)} left` })).toBeVisible();
  await expect(page.getByRole('row', { name: /Given by the store: Your lamp came late/ })).toContainText(pounds(given));
  await axe(page);

  await addToCart(page, product);
  await page.goto('/checkout/address');
  await fillAddress(page);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('button', { name: 'Use store credit' }).click();
  const summary = page.getByRole('complementary', { name: 'Your order' });
  await expect(amount(summary, 'Store credit')).toHaveText(`−${pounds(given)}`);
  await expect(amount(summary, 'Left to pay')).toHaveText(pounds(2_00));
  await axe(page);
  await fillCard(page, CARDS.pays);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  const { number } = await placeOrder(page);
  await page.goto('/account/credit');
  await expect(page.getByRole('heading', { name: `${pounds(0)} left` })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`Pays for your order ${number}`) })).toContainText(`−${pounds(given)}`);
});

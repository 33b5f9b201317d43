import { signInAsOperator } from './member';
import { AMELIA, type Page, buy, expect, findOrder, test } from './shopper';
import { axe } from './store';

/** Opens the form that asks to return something, and chooses a variant in exchange. */
async function askFor(page: Page, label: string): Promise<void> {
  await page.getByRole('region', { name: 'Returns' }).getByRole('link', { name: 'Return items' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What do you want to send back?');
  await page.getByText('How an exchange works').click();
  await expect(page.getByText('Nothing is ever charged for an exchange')).toBeVisible();
  await page.getByLabel(/^What do you want for it\?/).selectOption({ label: `In exchange: ${label}` });
  await axe(page);
  await page.getByRole('button', { name: 'Ask to return it' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It is noted.' })).toBeVisible();
}

test('a shopper exchanges what they bought for another variant', { tag: '@no-script' }, async ({ page, anotherShopper: desk, store, goods }) => {
  const { product, variant: other } = goods.exchangeable();
  const { number } = await buy(page, product);
  const sheet = `/operator/orders/${number}`;
  await signInAsOperator(desk, store);
  await desk.goto(sheet);
  await desk.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(desk.getByRole('status')).toContainText('The order is sent');

  const returns = page.getByRole('region', { name: 'Returns' });
  await findOrder(page, number, AMELIA.email);
  await askFor(page, other.label);
  await expect(returns).toContainText(`in exchange for ${other.label}, which is kept until`);
  await axe(page);
  await returns.getByRole('button', { name: 'I keep it after all' }).click();
  await expect(returns).toContainText(`was to be exchanged for ${other.label}`);
  await askFor(page, other.label);

  await desk.reload();
  const asked = desk.getByRole('region', { name: 'Returns' });
  await asked.getByRole('checkbox', { name: 'It goes back to the shelf' }).check();
  await asked.getByRole('button', { name: 'Receive and exchange' }).click();
  await expect(desk.getByRole('status')).toContainText('The return is received');
  await page.reload();
  await expect(returns).toContainText('It is here, and exchanged');
  await expect(returns).toContainText(`in exchange for ${other.label}, which will be packed next`);

  await desk.goto('/operator/orders?returns=exchange');
  const row = desk.getByRole('region', { name: 'Orders', exact: true }).getByRole('row').filter({ hasText: number });
  await expect(row).toContainText('Exchange to send');
  await axe(desk);
  await row.getByRole('link', { name: number }).click();
  await expect(asked).toContainText(other.sku);
  await axe(desk);
  await asked.getByRole('button', { name: 'Mark the exchange as sent' }).click();
  await expect(desk.getByRole('status')).toContainText('The exchange is sent');
  await expect(asked.getByRole('button', { name: 'Mark the exchange as sent' })).toHaveCount(0);

  await page.reload();
  await expect(returns).toContainText(`in exchange for ${other.label}, which is on its way`);
  await axe(page);
});

test('a shopper whose exchange can not be sent gets their money and hears why', { tag: '@no-script' }, async ({ page, anotherShopper: desk, store, goods }) => {
  const { product, variant: other } = goods.exchangeable(1);
  const { number } = await buy(page, product);
  await signInAsOperator(desk, store);
  await desk.goto(`/operator/orders/${number}`);
  await desk.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(desk.getByRole('status')).toContainText('The order is sent');
  await findOrder(page, number, AMELIA.email);
  await askFor(page, other.label);

  await desk.reload();
  const asked = desk.getByRole('region', { name: 'Returns' });
  await asked.getByRole('button', { name: 'Receive and exchange' }).click();
  await expect(desk.getByRole('status')).toContainText('The return is received');
  await asked.getByText("The exchange can't be sent", { exact: true }).click();
  await asked.getByLabel("Why it can't be sent, for its shopper").fill('The last one fell from the shelf.');
  await axe(desk);
  await asked.getByRole('button', { name: 'End the exchange' }).click();
  await expect(desk.getByRole('status')).toContainText('The exchange is ended');
  await expect(asked).toContainText('Received and refunded');
  await expect(asked).toContainText('Not sent in exchange: The last one fell from the shelf.');
  await expect(asked.getByRole('button')).toHaveCount(0);

  await page.reload();
  const returns = page.getByRole('region', { name: 'Returns' });
  await expect(returns).toContainText('It is here, and refunded');
  await expect(returns).toContainText("What you wanted in exchange can't be sent. The last one fell from the shelf.");
  await expect(returns).toContainText('went back to you');
  await axe(page);
});

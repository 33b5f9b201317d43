import { signInAsOperator } from './member';
import { AMELIA, buy, expect, findOrder, pounds, test } from './shopper';
import { axe } from './store';

test('a shopper returns an order and gets back what it cost', { tag: '@no-script' }, async ({ page, anotherShopper: desk, store, goods }) => {
  const product = goods.plain(16);
  const { number, totalPence } = await buy(page, product);
  const sheet = `/operator/orders/${number}`;
  await signInAsOperator(desk, store);
  await desk.goto(sheet);
  await desk.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(desk.getByRole('status')).toContainText('The order is sent');

  const returns = page.getByRole('region', { name: 'Returns' });
  const ask = async (reason: string) => {
    await returns.getByRole('link', { name: 'Return items' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What do you want to send back?');
    await expect(page.getByRole('spinbutton', { name: product.title, exact: true })).toHaveValue('1');
    await page.getByLabel('Why do you send it back?').selectOption({ label: reason });
    await page.getByLabel(/^What else should we know/).fill('Two fingers too wide.');
    await axe(page);
    const rule = await page.getByText('Sending it back is at your own cost').boundingBox();
    const button = await page.getByRole('button', { name: 'Ask to return it' }).boundingBox();
    expect(rule?.y).toBeLessThan(button?.y ?? 0);
    await page.getByRole('button', { name: 'Ask to return it' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'It is noted.' })).toBeVisible();
    await expect(returns).toContainText('We wait for your parcel');
    await expect(returns).toContainText(`1 × ${product.title}`);
    await expect(returns).toContainText(`you get back ${pounds(totalPence)}`);
  };
  await findOrder(page, number, AMELIA.email);
  await ask('It is not as described');
  await axe(page);
  await returns.getByRole('button', { name: 'I keep it after all' }).click();
  await expect(returns).toContainText('You keep it');
  await ask('It does not fit');

  await desk.goto('/operator/orders?returns=asked');
  const row = desk.getByRole('region', { name: 'Orders', exact: true }).getByRole('row').filter({ hasText: number });
  await expect(row).toContainText('Return asked');
  await axe(desk);
  await row.getByRole('link', { name: number }).click();
  const asked = desk.getByRole('region', { name: 'Returns' });
  await expect(asked).toContainText('It does not fit');
  await expect(asked).toContainText('Two fingers too wide.');
  await axe(desk);
  await asked.getByRole('checkbox', { name: 'It goes back to the shelf' }).check();
  await asked.getByRole('button', { name: 'Receive and refund' }).click();
  await expect(desk.getByRole('status')).toContainText('The return is received');
  await expect(asked).toContainText('Received and refunded');
  await axe(desk);

  await findOrder(page, number, AMELIA.email);
  await expect(returns).toContainText('It is here, and refunded');
  await expect(returns.getByRole('link', { name: 'Return items' })).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText(`${pounds(totalPence)} charged, ${pounds(totalPence)} refunded`);
});

test('a return that is refused says why', { tag: '@no-script' }, async ({ page, anotherShopper: desk, store, goods }) => {
  const { number } = await buy(page, goods.plain(17));
  await signInAsOperator(desk, store);
  await desk.goto(`/operator/orders/${number}`);
  await desk.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(desk.getByRole('status')).toContainText('The order is sent');
  await findOrder(page, number, AMELIA.email);
  await page.getByRole('link', { name: 'Return items' }).click();
  await page.getByRole('button', { name: 'Ask to return it' }).click();
  const returns = page.getByRole('region', { name: 'Returns' });
  await expect(returns).toContainText('We wait for your parcel');

  await desk.reload();
  const asked = desk.getByRole('region', { name: 'Returns' });
  await asked.getByText('Refuse it', { exact: true }).click();
  await asked.getByLabel('Why it is not taken back, for its shopper').fill('The seal was broken.');
  await asked.getByRole('button', { name: 'Refuse the return' }).click();
  await expect(desk.getByRole('status')).toContainText('The return is refused');
  await page.reload();
  await expect(returns).toContainText('We did not take it back');
  await expect(returns).toContainText('The seal was broken.');
  await expect(returns.getByRole('link', { name: 'Return items' })).toBeVisible();
});

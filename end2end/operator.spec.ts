import { AMELIA, CARDS, type Page, buy, expect, findOrder, pounds, test } from './shopper';
import { axe, cartograph, type Store } from './store';

/** Makes an operator and signs them in at the page that they ask for. */
async function operate(page: Page, store: Store, path: string): Promise<string> {
  const email = `operator-${crypto.randomUUID()}@example.org`;
  const made = await cartograph(store.data, 'operators', 'add', email, '--data', store.data);
  const password = /^Password: (.+)$/m.exec(made)?.[1];
  if (password === undefined) throw new Error(`no password in ${made}`);
  await page.goto(path);
  await expect(page).toHaveURL(/\/account\/sign-in\?next=/);
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(({ pathname }) => pathname === path);
  return email;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Running the store' }).getByRole('link', { name });
/** The rows of a table below its head. */
const rows = (page: Page, label: string) =>
  page.getByRole('region', { name: label, exact: true }).locator('tbody').getByRole('row');

test('an operator finds a SKU and counts it', { tag: '@no-script' }, async ({ page, store }) => {
  const email = await operate(page, store, '/operator');
  await expect(heading(page)).toHaveText(/^Running /);
  await part(page, 'Stock').click();
  await expect(heading(page)).toHaveText('Stock');
  const sku = (await rows(page, 'Stock').nth(20).getByRole('link').innerText()).trim();
  await page.getByRole('searchbox', { name: 'Search the stock' }).fill(sku.toLowerCase());
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/[?&]q=/);
  await page.getByRole('link', { name: sku, exact: true }).click();
  const before = Number(await page.getByLabel('Units on hand').inputValue());
  await page.getByLabel('Units on hand').fill('a dozen');
  await page.getByRole('button', { name: 'Write the count down' }).click();
  await expect(page.getByText('must be a whole number')).toBeVisible();
  await axe(page);
  await page.getByLabel('Units on hand').fill(`${before + 7}`);
  await page.getByRole('button', { name: 'Write the count down' }).click();
  await expect(page.getByRole('status')).toContainText('Your count is on the books');
  const newest = rows(page, 'Movements').first();
  await expect(newest).toContainText('+7 on hand');
  await expect(newest).toContainText(email);
  await axe(page);
  await page.getByRole('banner').getByRole('link', { name: 'To the store' }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.getByRole('banner').getByRole('link', { name: /Operator/ }).click();
  await page.getByRole('link', { name: 'Run the store' }).click();
  await expect(heading(page)).toHaveText(/^Running /);
});

test('a count of many is looked at before it changes anything', { tag: '@no-script' }, async ({ page, store }) => {
  await operate(page, store, '/operator/stock');
  const skus = await rows(page, 'Stock').getByRole('link').allInnerTexts();
  const [one, other] = [skus[30], skus[31]];
  if (one === undefined || other === undefined) throw new Error('the demo store has too few SKUs');
  await page.getByRole('link', { name: 'Count many at once' }).click();
  // What is wrong is said beside what was pasted, which stays.
  await page.getByLabel('The count').fill(`${one},4711\n`);
  await page.getByRole('button', { name: 'Compare with the books' }).click();
  await expect(page.getByText('The first line must name the columns sku and on_hand')).toBeVisible();
  await expect(page.getByLabel('The count')).toHaveValue(`${one},4711\n`);
  await axe(page);
  await page.getByLabel('The count').fill(`sku,on_hand\n${one},4711\n${other},many\nNOBODY-HAS-THIS,1\n`);
  await page.getByRole('button', { name: 'Compare with the books' }).click();
  await expect(heading(page)).toHaveText('What the count would change');
  await expect(page.getByRole('status')).toContainText('Nothing is changed yet. 1 SKU differs');
  await expect(rows(page, 'What differs')).toHaveCount(1);
  await expect(rows(page, 'Rows that can\'t be taken')).toHaveCount(2);
  await expect(rows(page, 'Rows that can\'t be taken').first()).toContainText('must be a whole number');
  await page.getByRole('button', { name: 'Change the stock of 1 SKU' }).click();
  await expect(heading(page)).toHaveText('What the count has changed');
  await rows(page, 'What differs').getByRole('link').click();
  await expect(page.getByLabel('Units on hand')).toHaveValue('4711');
});

test('an operator reads the ledger and has the books checked', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const { number } = await buy(page, goods.plain(3));
  await operate(page, store, '/operator/ledger');
  await expect(heading(page)).toHaveText('Ledger');
  const entries = page.getByRole('region', { name: 'Latest entries' });
  await expect(entries).toContainText(number);
  // On any width all of an entry is in sight, in its line.
  expect(await entries.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
  const last = await entries.getByRole('row').last().boundingBox();
  expect(last?.height).toBeLessThan(60);
  await page.getByRole('button', { name: 'Check the books' }).click();
  await expect(page.getByRole('status')).toContainText('The books agree');
  await part(page, 'Sagas and events').click();
  await expect(heading(page)).toHaveText('Sagas and events');
  await expect(page.getByRole('main')).toContainText('Nothing waits for you');
});

/** The figure of a name on the page of an order. */
const figure = (page: Page, name: string) =>
  page.getByRole('main').locator('.figure').filter({ has: page.getByRole('term').getByText(name, { exact: true }) });

test('an operator finds an order', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const { number } = await buy(page, goods.plain(6));
  await operate(page, store, '/operator');
  await part(page, 'Orders').click();
  await expect(heading(page)).toHaveText('Orders');
  await axe(page);
  await page.getByRole('searchbox', { name: 'Search the orders' }).fill(number.toLowerCase());
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(rows(page, 'Orders')).toHaveCount(1);
  await page.getByRole('link', { name: 'Declined', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('No such order');
  await axe(page);
  await page.getByRole('link', { name: 'Confirmed', exact: true }).click();
  await page.getByRole('link', { name: number, exact: true }).click();
  await expect(heading(page)).toHaveText(`Order ${number}`);
  await axe(page);
});

test('an operator captures an order in parts and refunds some', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const { number, totalPence } = await buy(page, goods.plain(4));
  const email = await operate(page, store, `/operator/orders/${number}`);
  const amount = page.getByLabel('Amount to capture');
  await expect(amount).toHaveValue((totalPence / 100).toFixed(2));
  await amount.fill(((totalPence + 1) / 100).toFixed(2));
  await page.getByRole('button', { name: 'Capture it' }).click();
  await expect(page.getByText(`Only ${pounds(totalPence)} of this order can be captured.`)).toBeVisible();
  await expect(amount).toHaveValue(((totalPence + 1) / 100).toFixed(2));
  await axe(page);
  await amount.fill('1.50');
  await page.getByRole('checkbox', { name: /^Keep the rest held/ }).check();
  await page.getByRole('button', { name: 'Capture it' }).click();
  await expect(page.getByRole('status')).toContainText('The money is captured.');
  await expect(figure(page, 'Captured')).toContainText('£1.50');
  await expect(amount).toHaveValue(((totalPence - 150) / 100).toFixed(2));
  await page.getByRole('button', { name: 'Capture it' }).click();
  await expect(figure(page, 'Captured')).toContainText(pounds(totalPence));

  await page.getByLabel('Amount to refund').fill('2');
  await page.getByLabel('Reason').fill('A scratch');
  await page.getByRole('button', { name: 'Refund it' }).click();
  await expect(page.getByRole('status')).toContainText('The refund is noted.');
  await expect(figure(page, 'Refunded')).toContainText('£2.00');
  const asked = rows(page, 'What happened').filter({ hasText: '£2.00 are to be refunded' });
  await expect(asked).toContainText('A scratch');
  await expect(asked).toContainText(email);
  await axe(page);
  await page.getByRole('link', { name: 'In the ledger' }).click();
  await expect(heading(page)).toHaveText(`Ledger of ${number}`);
  await expect(page.getByRole('region', { name: 'Ledger' })).toContainText('Money was refunded');
  await axe(page);
  await findOrder(page, number, AMELIA.email);
  await expect(page.getByRole('main')).toContainText(`${pounds(totalPence)} charged, £2.00 refunded`);
});

test('an operator sees what a cardholder disputes, and that it is not refunded', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const { number, totalPence } = await buy(page, goods.plain(3), AMELIA, CARDS.disputed);
  await operate(page, store, `/operator/orders/${number}`);
  await page.getByRole('button', { name: 'Capture it' }).click();
  await expect(page.getByRole('status')).toContainText('The money is captured.');
  const dispute = page.getByRole('region', { name: 'Dispute', exact: true });
  await expect(async () => {
    await page.goto(`/operator/orders/${number}`);
    await expect(dispute).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(dispute).toContainText(pounds(totalPence));
  await expect(dispute).toContainText('somebody else paid with the card');
  await expect(dispute).toContainText('Evidence is due by');
  await expect(page.getByRole('heading', { name: 'No refund' })).toBeVisible();
  await expect(page.getByLabel('Amount to refund')).toHaveCount(0);
  await axe(page);
  await dispute.getByRole('link', { name: 'All disputes, and what to do about them' }).click();
  await expect(page.getByRole('region', { name: 'Disputes' })).toContainText(number);
  await axe(page);
});

test('an operator lets go of what is still held of an order', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const { number, totalPence } = await buy(page, goods.plain(6));
  await operate(page, store, `/operator/orders/${number}`);
  await page.getByLabel('Amount to capture').fill('1.50');
  await page.getByRole('checkbox', { name: /^Keep the rest held/ }).check();
  await page.getByRole('button', { name: 'Capture it' }).click();
  await page.getByLabel('Amount to refund').fill('1.50');
  await page.getByLabel('Reason').fill('Never made');
  await page.getByRole('button', { name: 'Refund it' }).click();
  await expect(figure(page, 'Stands')).toContainText('Confirmed');
  await axe(page);
  await page.getByRole('button', { name: `Let go of ${pounds(totalPence - 150)}` }).click();
  await expect(page.getByRole('status')).toContainText('What was still held for the order is let go of.');
  await expect(figure(page, 'Stands')).toContainText('Refunded');
  await expect(page.getByLabel('Amount to capture')).toHaveCount(0);
  await axe(page);
  await findOrder(page, number, AMELIA.email);
  await expect(heading(page)).toHaveText('Refunded');
});

test('an operator cancels an order', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const { number } = await buy(page, goods.plain(5));
  await operate(page, store, `/operator/orders/${number}`);
  await page.getByText('Cancel this order', { exact: true }).click();
  await page.getByRole('button', { name: `Cancel order ${number}` }).click();
  await expect(page.getByRole('status')).toContainText('The order is cancelled');
  await expect(figure(page, 'Stands')).toContainText('Cancelled');
  await expect(page.getByLabel('Amount to capture')).toHaveCount(0);
  await axe(page);
});

test('an operator sends an order, and its shopper sees it', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const { number, totalPence } = await buy(page, goods.plain(18));
  const sheet = `/operator/orders/${number}`;
  await operate(page, store, sheet);
  await axe(page);
  await page.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(page.getByRole('status')).toContainText('The order is sent');
  await expect(figure(page, 'Stands')).toContainText('Sent');
  await expect(figure(page, 'Captured')).toContainText(pounds(totalPence));
  await expect(page.getByText('Cancel this order')).toHaveCount(0);
  await axe(page);

  await findOrder(page, number, AMELIA.email);
  await expect(heading(page)).toHaveText(/^Arrives /);
  await expect(page.getByRole('main')).toContainText(/Sent on \w+day \d+ \w+ \d{4}\./);
  const stages = page.getByRole('region', { name: 'Progress' }).getByRole('listitem');
  await expect(stages.nth(3)).toContainText('On its way');
  await expect(stages.nth(3)).toHaveAttribute('aria-current', 'step');
  await expect(page.getByText('Cancel this order')).toHaveCount(0);
  await axe(page);

  await page.goto(sheet);
  await page.getByRole('button', { name: 'Mark as delivered' }).click();
  await expect(page.getByRole('status')).toContainText('The order is delivered.');
  await expect(figure(page, 'Stands')).toContainText('Delivered');
  await findOrder(page, number, AMELIA.email);
  await expect(heading(page)).toHaveText('Delivered');
  await expect(page.getByRole('main')).toContainText(/Delivered on \w+day \d+ \w+ \d{4}\./);
});

test('an operator reads the letter of an order, whose link leads to it', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const product = goods.plain(7);
  const { number, totalPence } = await buy(page, product);
  await operate(page, store, '/operator');
  await part(page, 'Letters').click();
  await expect(heading(page)).toHaveText('Letters');
  await axe(page);
  await page.goto(`/operator/orders/${number}`);
  await page.getByRole('link', { name: 'Letters about it' }).click();
  await expect(heading(page)).toHaveText(`Letters about ${number}`);
  // It is written a moment after the order.
  await expect(async () => {
    await page.reload();
    await expect(rows(page, 'Letters')).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await page.getByRole('link', { name: `Confirmation of order ${number}` }).click();
  await expect(heading(page)).toHaveText(`Order ${number} at Cartograph is confirmed`);
  const letter = page.getByRole('region', { name: 'The letter' });
  await expect(letter).toContainText(product.title);
  await expect(letter).toContainText(`Total: ${pounds(totalPence)}`);
  await axe(page);
  await page.context().clearCookies();
  await letter.getByRole('link', { name: `/orders/${number}` }).click();
  await expect(heading(page)).toHaveText(/^Arrives /);
  await expect(page.getByRole('main')).toContainText(number);
});

test('an operator lets the store fail on purpose and ends it', { tag: '@no-script' }, async ({ page, store }) => {
  await operate(page, store, '/operator');
  await part(page, 'Faults').click();
  await expect(heading(page)).toHaveText('Faults');
  await axe(page);
  // So little that nobody else notices.
  const row = rows(page, 'Faults').filter({ hasText: 'search.slow' });
  await row.getByLabel('Time of search.slow').fill('1ms');
  await row.getByRole('button', { name: 'Switch on search.slow' }).click();
  await expect(page.getByRole('status')).toContainText('The fault is on.');
  await axe(page);
  await part(page, 'Overview').click();
  await expect(page.getByRole('main')).toContainText('This store fails on purpose: search.slow=1ms.');
  await page.getByRole('link', { name: 'See the faults' }).click();
  await row.getByRole('button', { name: 'Switch off search.slow' }).click();
  await expect(page.getByRole('status')).toContainText('The fault is off.');
  await expect(page.getByRole('main')).not.toContainText('fails on purpose:');
});

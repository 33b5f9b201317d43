import { type Page, AMELIA, buy, expect, findOrder, hasScripts, isDocument, pounds, test } from './shopper';

/** A moment as a page tells it: on the clock of its reader, or else of the store. */
function moment(page: Page): RegExp {
  return hasScripts(page) ? /\d+ \w+ \d{4}, \d\d:\d\d (GMT|BST)$/ : /\d+ \w+ \d{4}, \d\d:\d\d UTC$/;
}

test('a guest finds an order however the number is typed', { tag: '@no-script' }, async ({ page, goods }) => {
  const { number } = await buy(page, goods.plain(8));
  const typed = [
    [number, AMELIA.email],
    [number.toLowerCase().replaceAll('-', ''), AMELIA.email.toUpperCase()],
    [` ${number.slice(3).replace('-', ' ')} `, AMELIA.email],
  ] as const;
  for (const [asNumber, asEmail] of typed) {
    await findOrder(page, asNumber, asEmail);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Arrives /);
    await expect(page.getByRole('main')).toContainText(number);
    expect(page.url()).not.toContain('example.org');
  }
});

test('nobody learns of an order without its e-mail address', { tag: '@no-script' }, async ({ page, goods }) => {
  const { number } = await buy(page, goods.plain(9));
  const said = new Set<string>();
  for (const [asNumber, asEmail] of [
    [number, 'somebody@else.example'],
    ['CG-00000-00000', AMELIA.email],
    ['my order', AMELIA.email],
  ] as const) {
    await findOrder(page, asNumber, asEmail);
    await expect(page).toHaveURL(/\/orders\?/);
    said.add(await page.getByRole('alert').innerText());
    await expect(page.getByLabel('Order number')).toHaveValue(asNumber);
    await expect(page.getByLabel('E-mail address')).toHaveValue(asEmail);
    expect(page.url()).not.toContain('else.example');
    await expect(page.getByLabel('Order number')).toBeFocused();
    await expect(page.getByRole('main')).not.toContainText(AMELIA.name);
  }
  expect([...said]).toEqual([expect.stringContaining('We have no such order')]);
});

test.describe('the address of an order', () => {
  test.use({ expectedConsole: [/status of 404/] });

  test('opens nothing without its proof', async ({ page, goods }) => {
    const { number } = await buy(page, goods.plain(10));
    const { searchParams } = new URL(page.url());
    const access = searchParams.get('access') ?? '';
    expect(access.length).toBeGreaterThanOrEqual(16);
    for (const query of ['', '?access=', '?access=x', `?access=${access.slice(0, -1)}`, `?access=${access.toUpperCase()}x`]) {
      expect((await page.goto(`/orders/${number}${query}`))?.status(), query).toBe(404);
      await expect(page.getByRole('main')).not.toContainText(AMELIA.email);
    }
    const answer = await page.goto(`/orders/${number}?access=${encodeURIComponent(access)}`);
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()['cache-control']).toBe('no-store');
  });
});

test('an order says how far it is and what comes next', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain(11);
  await buy(page, product);
  await page.getByRole('link', { name: 'Follow this order' }).click();
  const stages = page.getByRole('region', { name: 'Progress' }).getByRole('listitem');
  await expect(stages).toHaveText([/^Order placed/, /^Payment authorised/, /^Getting ready/, /^On its way/, /^Delivered/]);
  await expect(stages.nth(2)).toHaveAttribute('aria-current', 'step');
  const details = page.getByRole('region', { name: 'Order details' });
  await expect(details).toContainText(AMELIA.address);
  await expect(details).toContainText('Card ending in 4242');
  await expect(page.getByRole('region', { name: 'Items' })).toContainText(product.title);
});

test('an invoice is a document for those who see its order', { tag: '@no-script' }, async ({ page, goods, anotherShopper }) => {
  const { number } = await buy(page, goods.plain(11));
  const way = page.getByRole('link', { name: 'Invoice (PDF)' });
  const placed = await way.getAttribute('href');
  await page.getByRole('link', { name: 'Follow this order' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Arrives /);
  expect(await way.getAttribute('href')).toBe(placed);
  const answer = await page.request.get(placed ?? '');
  await isDocument(answer);
  expect(answer.headers()['content-disposition']).toBe(`inline; filename="invoice-${number}.pdf"`);
  expect(answer.headers()['cache-control']).toBe('no-store');
  const { pathname } = new URL(answer.url());
  expect((await anotherShopper.request.get(pathname)).status()).toBe(404);
});

test.describe('far from the store', () => {
  test.use({ timezoneId: 'Asia/Tokyo' });

  test('what happened is told on the clock of the reader', async ({ page, goods }) => {
    await buy(page, goods.plain(11));
    await page.getByRole('link', { name: 'Follow this order' }).click();
    const placed = page.getByRole('region', { name: 'Progress' }).getByRole('time').first();
    await expect(placed).toHaveText(/^\d+ \w+ \d{4}, \d\d:\d\d GMT\+9$/);
    const at = new Date((await placed.getAttribute('datetime')) ?? '');
    const hours = String((at.getUTCHours() + 9) % 24).padStart(2, '0');
    await expect(placed).toContainText(`, ${hours}:`);
  });
});

test('a shopper cancels in two steps and is told what becomes of the money', { tag: '@no-script' }, async ({ page, goods }) => {
  const { number } = await buy(page, goods.plain(13));
  await page.getByRole('link', { name: 'Follow this order' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  const button = page.getByRole('button', { name: `Cancel order ${number}` });
  await expect(heading).toHaveText(/^Arrives /);
  // One slip of a finger cancels nothing.
  await expect(button).toBeHidden();
  await page.getByText('Cancel this order').click();
  await expect(page.getByText('Nothing has been charged.')).toBeVisible();
  await button.click();
  await expect(heading).toHaveText(/^(Cancelled|We are cancelling your order)$/);
  await expect(async () => {
    await page.reload();
    await expect(heading).toHaveText('Cancelled', { timeout: 1_000 });
  }).toPass();
  const stages = page.getByRole('region', { name: 'Progress' }).getByRole('listitem');
  await expect(stages).toHaveText([/^Order placed/, /^Cancelled/]);
  await expect(stages.nth(1)).toContainText('Nothing was charged');
  await expect(stages.nth(1).getByRole('time')).toHaveText(moment(page));
  const amounts = page.getByRole('complementary', { name: 'Amounts' });
  await expect(amounts).toContainText(/£0\.00 charged, £[\d,.]+ released/);
  await expect(page.getByText('Cancel this order')).toHaveCount(0);

  await findOrder(page, number, AMELIA.email);
  await expect(heading).toHaveText('Cancelled');
});

test('a shopper has an order sent elsewhere before it is sent', { tag: '@no-script' }, async ({ page, goods }) => {
  const { number, totalPence } = await buy(page, goods.plain(14));
  await page.getByRole('link', { name: 'Follow this order' }).click();
  await page.getByRole('link', { name: 'Change the address' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  const send = page.getByRole('button', { name: 'Send it there' });
  await expect(heading).toHaveText('Where should it go instead?');
  await expect(field('Full name')).toHaveValue(AMELIA.name);
  await expect(page.getByLabel('Country', { exact: true })).toHaveAccessibleDescription(/cancel it, .* and order again/);
  await field('Address').fill('2 Mill Lane');
  await field('Postcode').fill('nonsense');
  await field('Town or city').fill('York');
  await send.click();
  await expect(page.getByRole('alert')).toContainText('Postcode must look like SW1A 1AA');
  await expect(field('Address')).toHaveValue('2 Mill Lane');
  await field('Postcode').fill('yo17hh');
  await send.click();

  await expect(heading).toHaveText(/^Arrives /);
  await expect(page.getByRole('status').filter({ hasText: 'The order goes to the address below.' })).toBeVisible();
  const details = page.getByRole('region', { name: 'Order details' });
  await expect(details).toContainText('2 Mill Lane');
  await expect(details).toContainText('York YO1 7HH');
  await expect(details).not.toContainText(AMELIA.address);
  await expect(details).toContainText(pounds(totalPence));
  const stages = page.getByRole('region', { name: 'Progress' }).getByRole('listitem');
  await expect(stages.nth(2)).toHaveText(/^Delivery address changed/);
  await expect(stages.nth(2).getByRole('time')).toHaveText(moment(page));
  await findOrder(page, number, AMELIA.email);
  await expect(details).toContainText('2 Mill Lane');
});

test('a confirmation prints without what belongs to the screen', async ({ page, goods }) => {
  const { number } = await buy(page, goods.plain(12));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(number).first()).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('contentinfo')).toBeHidden();
  await expect(page.getByRole('link', { name: 'Follow this order' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByText('Cartograph http')).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByText('Cartograph http')).toBeHidden();
  await page.evaluate(() => (window.print = () => document.body.setAttribute('data-printed', 'yes')));
  await page.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes');
});

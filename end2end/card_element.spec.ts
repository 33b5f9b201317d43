// A store whose gateway is elsewhere: the card is typed into the gateway's own field, in a frame of its origin.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from '@playwright/test';
import { addToCart, CARDS, expect, fillAddress, type Page, placeButton, saysWithoutScripts, test as base } from './shopper';
import { axe, start, type Started } from './store';

const KEY = 'sk_test_end2end';

const test = base.extend<object, { sandbox: Started }>({
  sandbox: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'cartograph-sandbox-'));
      const key = ['--sandbox-key', KEY];
      const sandbox = await start('sandbox', '--sandbox-listen', '127.0.0.1:0', '--sandbox-data', folder, ...key);
      await use(sandbox);
      await sandbox.stop();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  serveArguments: [
    async ({ sandbox: { baseURL } }, use) => {
      const keys = ['--gateway-key', KEY, '--gateway-publishable-key', 'pk_test_end2end'];
      await use(['--gateway-url', baseURL, ...keys, '--gateway-script-url', `${baseURL}/v3/`]);
    },
    { scope: 'worker' },
  ],
});

/** The field that the gateway draws. */
function cardField(page: Page): FrameLocator {
  return page.frameLocator('#card-element iframe');
}

function continueButton(page: Page) {
  return page.getByRole('button', { name: 'Continue to review' });
}

async function comeToPayment(page: Page): Promise<void> {
  await page.goto('/cart');
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await fillAddress(page);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How will you pay?');
}

async function giveCard(page: Page, number: string): Promise<void> {
  const field = cardField(page);
  await field.getByLabel('Card number').fill(number);
  await field.getByLabel('Expiry date').fill('12 / 39');
  await field.getByLabel('Security code').fill('123');
  await continueButton(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and place your order');
  await expect(page.getByRole('main')).toContainText(`Card ending in ${number.slice(-4)}`);
}

/** Listens to all that a browser sends. Answers what asserts that the number of a card went to the gateway alone. */
function listenFor(page: Page, number: string, store: string, gateway: string): () => void {
  const [digits, hosts] = [number.replaceAll(' ', ''), new Set<string>()];
  page.context().on('request', (request) => {
    const sent = decodeURIComponent(`${request.url()} ${request.postData() ?? ''}`).replaceAll(/[\s+-]/g, '');
    if (sent.includes(digits)) hosts.add(new URL(request.url()).origin);
  });
  return () => {
    expect([...hosts]).toEqual([gateway]);
    expect(gateway).not.toBe(store);
  };
}

test('a card goes to the gateway alone, and pays', async ({ page, goods, store, sandbox }) => {
  const wentToGateway = listenFor(page, CARDS.pays, store.baseURL, sandbox.baseURL);
  await addToCart(page, goods.plain(1));
  await comeToPayment(page);
  await expect(continueButton(page)).toBeEnabled();
  await expect(page.getByRole('textbox', { name: 'Card number' })).toHaveCount(0);
  await axe(page);
  await page.getByText('Number, date and security code').click();
  await expect(cardField(page).getByLabel('Card number')).toBeFocused();
  await page.route('**/v1/payment_methods', async (route) => {
    await expect(continueButton(page)).toHaveAttribute('aria-busy', 'true');
    await route.continue();
  });
  await giveCard(page, CARDS.pays);
  await placeButton(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, Amelia. Your order is placed.');
  wentToGateway();
});

test('what is wrong with a card is told beside its field', async ({ page, goods }) => {
  await addToCart(page, goods.plain(2));
  await comeToPayment(page);
  const field = cardField(page);
  const told = page.getByRole('alert').filter({ hasText: 'Your card' });
  await continueButton(page).click();
  await expect(told).toHaveText('Your card number is incomplete.');
  await expect(field.getByLabel('Card number')).toBeFocused();
  await field.getByLabel('Card number').fill('4242 4242 4242 4241');
  await expect(told).toHaveText('Your card number is invalid.');
  await axe(page);
  await field.getByLabel('Card number').fill(CARDS.pays);
  await expect(told).toHaveCount(0);
  await continueButton(page).click();
  await expect(told).toHaveText('Your card’s expiration date is incomplete.');
  await expect(field.getByLabel('Expiry date')).toBeFocused();
  await expect(continueButton(page)).not.toHaveAttribute('aria-busy', 'true');
  await giveCard(page, CARDS.pays);
});

test('a card is declined, and the next one pays', async ({ page, goods, store, sandbox }) => {
  const wentToGateway = listenFor(page, CARDS.declined, store.baseURL, sandbox.baseURL);
  await addToCart(page, goods.plain(3));
  await comeToPayment(page);
  await giveCard(page, CARDS.declined);
  await placeButton(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'bank' })).toContainText('Your bank declined the card.');
  await giveCard(page, CARDS.pays);
  await placeButton(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, Amelia. Your order is placed.');
  wentToGateway();
});

test('a payment is confirmed at the bank, which leads back', async ({ page, goods, sandbox }) => {
  await addToCart(page, goods.plain(4));
  await comeToPayment(page);
  await giveCard(page, CARDS.challenges);
  await placeButton(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is this payment yours?');
  expect(new URL(page.url()).origin).toBe(sandbox.baseURL);
  await page.getByRole('button', { name: 'Confirm the payment' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you, Amelia. Your order is placed.');
});

test.describe('a script that does not come', () => {
  test.use({ expectedConsole: [/Failed to load resource: net::ERR_FAILED/] });

  test('is said', async ({ page, goods, sandbox }) => {
    await addToCart(page, goods.plain(5));
    await page.route(`${sandbox.baseURL}/v3/`, (route) => route.abort());
    await comeToPayment(page);
    await expect(page.getByRole('alert')).toContainText('The field for your card could not be loaded.');
    await expect(continueButton(page)).toBeDisabled();
  });
});

test('the page says that it takes no card without scripts', { tag: '@no-script-only' }, async ({ page, goods }) => {
  await addToCart(page, goods.plain(1));
  await comeToPayment(page);
  await saysWithoutScripts(page, 'scripts are off. Without them you can pay with a gift card.');
  await expect(continueButton(page)).toBeDisabled();
  await page.getByText('Gift card or store credit').click();
  await expect(page.getByLabel('Gift card code')).toBeVisible();
});

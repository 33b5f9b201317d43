import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { count, freshEmail, register, signInAsOperator } from './member';
import { expect, press, test } from './shopper';
import type { Store } from './store';

/** The letters to somebody, those about what they waited for included. */
async function lettersTo(store: Store, email: string): Promise<string[]> {
  const folder = join(store.data, 'mail');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml') && !name.startsWith('.'));
  const letters = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return letters.filter((letter) => letter.includes(`To: ${email}\r\n`));
}

/** The link in the letters to somebody that begins like this. */
async function linkTo(store: Store, email: string, start: RegExp): Promise<string> {
  const found = (await lettersTo(store, email)).map((letter) => start.exec(letter)?.[0]).find((link) => link !== undefined);
  if (found === undefined) throw new Error(`the store wrote no such link to ${email}`);
  return found;
}

test('a guest hears when it is back, after saying so by the link of a letter', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const email = freshEmail();
  const product = goods.soldOut();
  await page.goto(product.path);
  await page.getByRole('main').getByRole('link', { name: 'Tell me when it is back' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tell me when it is back');
  await expect(page.getByRole('main').locator('.picture img')).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: product.title })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the product' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title);
  await page.goBack();
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Tell me' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox');
  await page.goto(await linkTo(store, email, /\/alerts\/confirm\?token=\w+/));
  await page.getByRole('button', { name: 'Yes, tell me' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('as soon as it is back in stock.');

  await signInAsOperator(anotherShopper, store);
  await count(anotherShopper, product, 7);
  const back = async () => (await lettersTo(store, email)).filter((letter) => letter.includes('is back in stock\r\n')).length;
  await expect.poll(back, { timeout: 30_000 }).toBe(1);
  // As the store was, for others.
  await count(anotherShopper, product, 0);

  await page.goto(await linkTo(store, email, /\/alerts\/stop\?key=\w+/));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your alerts');
  await expect(page.getByRole('main')).toContainText('You asked us to write about nothing any more.');
});

test('a customer waits for a price and stops waiting', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const product = goods.plain(18);
  await register(page, store, freshEmail());
  await page.goto(product.path);
  await page.getByRole('button', { name: 'Add to a list' }).click();
  await page.getByRole('main').getByRole('link', { name: /^Tell me when the price falls/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tell me when the price falls');
  await page.getByRole('button', { name: 'Tell me' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alerts');
  await expect(page.getByRole('main').getByRole('status')).toContainText('We will tell you.');
  await expect(page.getByRole('main').getByRole('link', { name: product.title })).toHaveAttribute('href', /\?sku=/);
  await page.getByRole('button', { name: /^Remove the alert for / }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('The alert is removed.');
  await expect(page.getByRole('main')).toContainText('You wait for nothing.');
});

test('the way to an alert follows the variant that is chosen', async ({ page, goods }) => {
  const { product, variant } = goods.partlySoldOut();
  await page.goto(product.first.path);
  const tell = page.getByRole('main').getByRole('link', { name: /^Tell me when/ });
  await expect(tell).toHaveText('Tell me when the price falls');
  await press(page.locator(`a[href$="${new URL(variant.path, page.url()).search}"]`));
  await expect(tell).toHaveText('Tell me when it is back');
  await expect(tell).toHaveAttribute('href', `/alerts/new?sku=${encodeURIComponent(variant.sku)}&about=stock`);
});

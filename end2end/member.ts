// Shoppers with an account, and those who run the store.

import { createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AMELIA, type Locator, type Page, type Product, expect } from './shopper';
import { cartograph, type Store } from './store';

export const PASSWORD = 'three plain words';

/** An address that nobody else in the store of this worker has. */
export function freshEmail(): string {
  return `shopper-${crypto.randomUUID()}@example.org`;
}

/** The link in the last letter that the store wrote to somebody about their account. */
export async function linkFor(store: Store, email: string): Promise<string> {
  const folder = join(store.data, 'mail');
  // Letters about orders have the keys of these in their names, which have no hyphens.
  const names = (await readdir(folder)).filter((name) => /^\w{8}-\w{4}-.*\.eml$/.test(name)).sort();
  const letters = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const last = letters.filter((letter) => letter.includes(`To: ${email}\r\n`)).at(-1);
  const link = /\/account\/link\?token=\w+/.exec(last ?? '')?.[0];
  if (link === undefined) throw new Error(`the store wrote no link to ${email}`);
  return link;
}

export async function askForLink(page: Page, path: string, email: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox');
}

export async function register(page: Page, store: Store, email: string, name = AMELIA.name): Promise<void> {
  await askForLink(page, '/account/register', email);
  await page.goto(await linkFor(store, email));
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Open account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Good day, ${name.split(' ')[0]}`);
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/account/sign-in');
  await fillSignIn(page, email, password);
}

/** Signs in on the page that asks for it, which may lead back to another one. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The code that an app with a key (base 32) shows so many steps of half a minute from now (RFC 6238). */
export function codeOf(key: string, stepsAhead = 0): string {
  const bits = [...key.replaceAll(' ', '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead));
  const hash = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return `${number % 1_000_000}`.padStart(6, '0');
}

/** Comes as far as the page with the key of an app; answers the key. */
export async function beginCodes(page: Page): Promise<string> {
  await page.goto('/account/security');
  const section = page.getByRole('region', { name: 'Codes of an app' });
  await section.getByLabel('Your password').fill(PASSWORD);
  await section.getByRole('button', { name: 'Turn on codes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Turn on codes');
  return page.locator('.totp__key').innerText();
}

/** Turns codes on; answers the key of the app, and the recovery codes. */
export async function turnCodesOn(page: Page): Promise<{ key: string; recovery: string[] }> {
  const key = await beginCodes(page);
  await page.getByLabel('The code that your app shows now').fill(codeOf(key));
  await page.getByRole('button', { name: 'Turn on codes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your recovery codes');
  return { key, recovery: await page.locator('.totp__recovery code').allInnerTexts() };
}

/** Puts Amelia's address into the address book. */
export async function addAddress(page: Page): Promise<void> {
  await page.goto('/account/addresses/new');
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  await field('Address').fill(AMELIA.address);
  await field('Postcode').fill(AMELIA.postcode);
  await field('Town or city').fill(AMELIA.town);
  await page.getByRole('button', { name: 'Save address' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Addresses');
}

/** The reviews of a product. */
export function reviewed(page: Page): Locator {
  return page.getByRole('region', { name: 'Customer reviews' });
}

/** The questions about a product. */
export function askedIn(page: Page): Locator {
  return page.getByRole('region', { name: 'Questions and answers' });
}

export async function writeReview(page: Page, product: Product, stars: number, title: string, text: string): Promise<void> {
  await page.goto(product.path);
  await reviewed(page).getByRole('link', { name: /^(Write a|Change your) review$/ }).first().click();
  await page.getByRole('radio', { name: new RegExp(`^${stars} stars?,`) }).press(' ');
  await page.getByLabel('Headline').fill(title);
  await page.getByLabel('What you think of it').fill(text);
  await page.getByRole('button', { name: 'Post review' }).click();
  await expect(reviewed(page).getByRole('status')).toContainText('Thank you.');
}

export async function ask(page: Page, product: Product, question: string): Promise<void> {
  await page.goto(product.path);
  await askedIn(page).getByLabel('Ask about this product').fill(question);
  await askedIn(page).getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(askedIn(page).getByRole('status')).toContainText('Your question is asked.');
}

/** Signs in as somebody who runs the store; answers their password. */
export async function signInAsOperator(page: Page, store: Store): Promise<string> {
  const email = `operator-${crypto.randomUUID()}@example.org`;
  const said = await cartograph(dirname(store.data), 'operators', 'add', email, '--data', store.data);
  const password = /^Password: (\S+)$/m.exec(said)?.[1];
  if (password === undefined) throw new Error(`no password in ${said}`);
  await signIn(page, email, password);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Good day, Operator');
  return password;
}

/** Opens the page of the stock of a product, for who runs the store. */
export async function openStockOf(operator: Page, { first }: Product): Promise<void> {
  await operator.goto(`/operator/stock/skus/${encodeURIComponent(first.sku)}`);
}

/** Counts so many of a product. */
export async function count(operator: Page, product: Product, units: number): Promise<void> {
  await openStockOf(operator, product);
  await operator.getByLabel('Units on hand', { exact: true }).fill(`${units}`);
  await operator.getByRole('button', { name: 'Write the count down' }).click();
  await expect(operator.getByRole('status')).toContainText('Your count is on the books');
}

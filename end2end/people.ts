// A customer who has used all that an account offers, and somebody who runs the store: for tests that
// look at their pages and change nothing there, since all tests of a worker share the two.

import type { Browser, Cookie } from '@playwright/test';
import { addAddress, ask, askedIn, freshEmail, register, reviewed, signInAsOperator, writeReview } from './member';
import {
  type Bought,
  CARDS,
  type Goods,
  type Page,
  type Product,
  addToCart,
  buy,
  expect,
  fillCard,
  placeOrder,
  test as base,
} from './shopper';
import { type Store, watch } from './store';

export type Member = {
  cookies: Cookie[];
  email: string;
  /** The page of an order, without a key: it is the member's own. */
  order: string;
  /** The page of another one, which was sent. */
  sent: string;
  address: string;
  list: string;
  /** Where others read the list. */
  sharedList: string;
  /** The page of a product that the member reviewed and asked about, and the operator answered. */
  reviewed: string;
};

export type Operator = {
  cookies: Cookie[];
  sku: string;
  /** A count that waits to be written down, with rows that can't be taken. */
  count: string;
  /** A product in the middle of the graph. */
  neighbourhood: string;
  /** A letter to a shopper. */
  letter: string;
  /** The account of the member. */
  account: string;
};

// Some fifty pages, on a busy machine.
const SETTLE_TIMEOUT_MS = 300_000;

export type People = { member: Member; operator: Operator };

export const test = base.extend<object, { people: People }>({
  people: [
    async ({ browser, store, goods }, use) => {
      const member = await asSomebody(browser, store, (page) => liveThere(page, store, goods));
      const operator = await asSomebody(browser, store, (page) => runIt(page, store, goods, member));
      await use({ member, operator });
    },
    { scope: 'worker', timeout: SETTLE_TIMEOUT_MS },
  ],
});

const REVIEW = 'Good to read by';
const QUESTION = 'How heavy is it?';

/** What somebody does without scripts, with a browser of their own. */
async function asSomebody<T>(browser: Browser, store: Store, live: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ baseURL: store.baseURL, javaScriptEnabled: false });
  const expectQuiet = watch(context);
  const lived = await live(await context.newPage());
  await context.close();
  expectQuiet();
  return lived;
}

/** Buys as somebody does who has bought before: the checkout knows where it goes. */
async function buyAgain(page: Page, product: Product): Promise<Bought> {
  await addToCart(page, product);
  await page.goto('/checkout/delivery');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await fillCard(page, CARDS.pays);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  return placeOrder(page);
}

/** The path that a press led to. */
async function pathOf(page: Page, kind: RegExp): Promise<string> {
  await page.waitForURL(kind);
  return new URL(page.url()).pathname;
}

async function liveThere(page: Page, store: Store, goods: Goods): Promise<Member> {
  const product = goods.plain(15);
  const email = freshEmail();
  await register(page, store, email);
  await buy(page, product);
  await page.goto('/account/orders');
  await page.getByRole('link', { name: /^Follow/ }).click();
  const order = await pathOf(page, /\/orders\/CG-/);
  const sent = `/orders/${(await buyAgain(page, product)).number}`;
  await addAddress(page);
  await page.getByRole('main').getByRole('link', { name: /^(Edit|Change)/ }).first().click();
  const address = await pathOf(page, /\/account\/addresses\/./);

  await writeReview(page, product, 4, REVIEW, 'Warm light, steady foot.');
  await ask(page, product, QUESTION);

  await page.getByRole('button', { name: 'Add to a list' }).click();
  const list = await pathOf(page, /\/account\/lists\/./);
  await page.getByRole('button', { name: 'Share by a link' }).click();
  const link = page.getByRole('region', { name: 'Share it' }).getByRole('link');
  const sharedList = new URL((await link.innerText()).trim()).pathname;
  const cookies = await page.context().cookies();
  return { cookies, email, order, sent, address, list, sharedList, reviewed: product.path };
}

async function runIt(page: Page, store: Store, goods: Goods, { sent, email }: Member): Promise<Operator> {
  const product = goods.plain(15);
  const sku = product.first.sku;
  await signInAsOperator(page, store);
  await page.goto(`/operator${sent}`);
  await page.getByRole('button', { name: 'Mark as sent' }).click();
  await expect(page.getByRole('status')).toContainText('The order is sent');
  await page.goto(product.path);
  await askedIn(page).locator('summary', { hasText: 'Answer' }).first().click();
  await askedIn(page).getByLabel('Your answer').fill('Just under two kilograms.');
  await askedIn(page).getByRole('button', { name: 'Send answer' }).click();
  await expect(askedIn(page).getByRole('status')).toContainText('Your answer is shown below.');
  const review = reviewed(page).getByRole('article', { name: REVIEW });
  await review.getByText('Report', { exact: true }).click();
  await review.getByLabel('What is wrong with it?').selectOption({ label: 'It advertises something' });
  await review.getByRole('button', { name: 'Send report' }).click();
  await expect(reviewed(page).getByRole('status')).toContainText('We will look at it.');

  await page.goto('/operator/stock/counts');
  await page.getByLabel('The count').fill(`sku,on_hand\n${sku},4711\nNOBODY-HAS-THIS,1\n`);
  await page.getByRole('button', { name: 'Compare with the books' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What the count would change');
  const count = await pathOf(page, /\/operator\/stock\/counts\/./);
  await page.goto(`/operator/graph?kind=product&asked=${encodeURIComponent(sku)}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Product: ${product.title}`);
  const neighbourhood = await pathOf(page, /\/operator\/graph\/./);
  await page.goto('/operator/letters');
  await page.getByRole('link', { name: /^Confirmation/ }).first().click();
  const letter = await pathOf(page, /\/operator\/letters\/./);
  await page.goto('/operator/accounts');
  await page.getByLabel('E-mail address of the account').fill(email);
  await page.getByRole('button', { name: 'Find the account' }).click();
  const account = await pathOf(page, /\/operator\/accounts\/./);
  const cookies = await page.context().cookies();
  return { cookies, sku, count, neighbourhood, letter, account };
}

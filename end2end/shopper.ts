// What a shopper does in the store of this worker.

import type { APIResponse, BrowserContext, Locator, Page } from '@playwright/test';
import { type Goods, type Product, takeStock } from './goods';
import { expect, test as base, watch } from './store';

const READ_TIMEOUT_MS = 180_000;
const ORDER_NUMBER = /CG-[0-9A-Z]{5}-[0-9A-Z]{5}/;
// A busy machine takes its time to compile the page's script.
const AWAKE_TIMEOUT_MS = 20_000;

export const test = base.extend<{ anotherShopper: Page }, { goods: Goods }>({
  goods: [
    async ({ store }, use) => {
      await use(await takeStock(store.baseURL));
    },
    { scope: 'worker', timeout: READ_TIMEOUT_MS },
  ],

  page: async ({ page, javaScriptEnabled }, use) => {
    await prepare(page.context(), javaScriptEnabled);
    await use(page);
  },

  // Somebody else at another device, with a cart of their own.
  anotherShopper: async ({ browser, javaScriptEnabled, expectedConsole }, use) => {
    const context = await browser.newContext();
    const expectQuiet = watch(context, expectedConsole);
    await prepare(context, javaScriptEnabled);
    await use(await context.newPage());
    await context.close();
    expectQuiet();
  },
});

export { expect };
export type { Goods, Locator, Page, Product };

// ---- scripts -----------------------------------------------------------------------------------

type Listening = typeof globalThis & { listenedTo?: WeakSet<EventTarget> };

/** Runs in the page before its own scripts: remembers what they listen to. */
function noteListeners(): void {
  const listenedTo = new WeakSet<EventTarget>();
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...terms: Parameters<typeof listen>) {
    if (['click', 'submit', 'change', 'input'].includes(terms[0])) listenedTo.add(this);
    listen.apply(this, terms);
  };
  (globalThis as Listening).listenedTo = listenedTo;
}

const withScripts = new WeakSet<BrowserContext>();

async function prepare(context: BrowserContext, javaScriptEnabled: boolean | undefined): Promise<void> {
  if (javaScriptEnabled === false) return;
  withScripts.add(context);
  await context.addInitScript(noteListeners);
}

/** Whether the page runs scripts. */
export function hasScripts(page: Page): boolean {
  return withScripts.has(page.context());
}

/**
 * Waits, where there are scripts, until one of them answers for a control: before that it is a
 * plain link or a plain form, which works as well, but loads a page.
 */
export async function awake(control: Locator): Promise<void> {
  if (!hasScripts(control.page())) return;
  const answers = () =>
    control.evaluate((element) => {
      const listenedTo = (globalThis as Listening).listenedTo;
      let one: Element | null = element;
      while (one && !listenedTo?.has(one)) one = one.parentElement;
      return one !== null;
    });
  await expect.poll(answers, { message: 'a script answers for the control', timeout: AWAKE_TIMEOUT_MS }).toBe(true);
}

/** Presses a control of an island. */
export async function press(control: Locator): Promise<void> {
  await awake(control);
  await control.click();
}

/** Sorts a list; a script needs no button for it. */
export async function sortBy(page: Page, order: string): Promise<void> {
  const orders = page.getByLabel('Sort by');
  await awake(orders);
  const apply = page.getByRole('button', { name: 'Apply', exact: true });
  if (hasScripts(page)) await expect(apply).toHaveCount(0);
  const [chosen] = await orders.selectOption(order);
  if (!hasScripts(page)) await apply.click();
  await page.waitForURL((url) => url.searchParams.get('sort') === chosen);
}

/** Walks with the tab key until a control has the focus. */
export async function tabTo(control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const MOST_STOPS = 150;
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await control.page().keyboard.press(key);
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${MOST_STOPS} presses of ${key} did not reach ${control.toString()}`);
}

// ---- amounts -----------------------------------------------------------------------------------

/** The first amount in a text, in pence or cents. */
export function pence(text: string): number {
  const [, pounds, rest] = /[£$€]([\d,]+)\.(\d\d)/.exec(text) ?? [];
  if (pounds === undefined || rest === undefined) throw new Error(`there is no amount in “${text}”`);
  return Number(pounds.replaceAll(',', '') + rest);
}

/** An amount as the store writes it. */
export function pounds(amountPence: number): string {
  const whole = Math.floor(amountPence / 100).toLocaleString('en-GB');
  return `£${whole}.${String(amountPence % 100).padStart(2, '0')}`;
}

/** The value beside a term of a list of totals. */
export function amount(region: Locator, term: string): Locator {
  const row = region.locator('dl > div').filter({ has: region.page().getByRole('term').filter({ hasText: term }) });
  return row.getByRole('definition');
}

/** Standard delivery of products that cost this much together. */
export function standardDeliveryPence(itemsPence: number): number {
  return itemsPence >= 40_00 ? 0 : 3_95;
}

// ---- places ------------------------------------------------------------------------------------

/** The field of the header; a script makes a combobox of it. */
export function searchBox(page: Page): Locator {
  return page.getByRole('banner').getByRole('search').locator('input[name=q]');
}

/** A shelf of products on a page, by its heading. */
export function shelf(page: Page, heading: string | RegExp): Locator {
  return page.getByRole('region', { name: heading });
}

export function cartLink(page: Page): Locator {
  return page.getByRole('banner').getByRole('link', { name: /^Cart\b/ });
}

/** Asserts what the header says is in the cart, once the server has said so. */
export async function expectUnitsInCart(page: Page, units: number): Promise<void> {
  await expect(cartLink(page)).toHaveAccessibleName(units === 0 ? 'Cart' : new RegExp(`^Cart\\W+items: ${units}$`));
  await expect(cartLink(page)).not.toHaveAttribute('aria-busy', 'true');
}

/** The line of a product in the cart. */
export function line(page: Page, { title }: Product): Locator {
  return page.getByRole('region', { name: 'Items in your cart' }).getByRole('listitem').filter({ hasText: title });
}

/** The line of a product among those that are saved for later. */
export function savedLine(page: Page, { title }: Product): Locator {
  return page.getByRole('region', { name: 'Saved for later' }).getByRole('listitem').filter({ hasText: title });
}

export function quantityOf(page: Page, product: Product): Locator {
  return line(page, product).getByRole('spinbutton', { name: `Quantity of ${product.title}` });
}

export function addButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Add to cart', exact: true });
}

/** A button that names its product, as in `Add to cart: Harbour lamp`. */
export function buttonFor(place: Page | Locator, verb: string, title: string): Locator {
  const literal = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return place.getByRole('button', { name: new RegExp(`^${verb}\\W+${literal}$`) });
}

// ---- what a shopper does -----------------------------------------------------------------------

/** Presses "Add to cart" and waits for the answer: on the same page with a script, and else in the cart. */
export async function add(page: Page): Promise<void> {
  await press(addButton(page));
  if (hasScripts(page)) {
    await expect(page.getByRole('heading', { name: 'Added to your cart' })).toBeVisible();
  } else {
    await expect(page).toHaveURL(/\/cart\?/);
    await expect(page.getByRole('status').filter({ hasText: 'Added' })).toBeVisible();
  }
}

/** Adds the first variant of a product on its own page. */
export async function addToCart(page: Page, product: Product, quantity = 1): Promise<void> {
  await page.goto(product.first.path);
  await page.getByLabel('Quantity', { exact: true }).fill(`${quantity}`);
  await add(page);
}

export type Person = { email: string; name: string; address: string; postcode: string; town: string };

export const AMELIA: Person = {
  email: 'amelia@example.org',
  name: 'Amelia Hart',
  address: '14 Candlemaker Row',
  postcode: 'EH1 2QE',
  town: 'Edinburgh',
};

export const CARDS = {
  pays: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  late: '4000 0000 0000 0341',
  disputed: '4000 0000 0000 0259',
  challenges: '4000 0027 6000 3184',
  noticeBeforeBrowser: '4000 0000 0000 7015',
  noticeAfterBrowser: '4000 0000 0000 7023',
  noticeTwice: '4000 0000 0000 7031',
};

export async function fillAddress(page: Page, person: Person = AMELIA): Promise<void> {
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  await field('Full name').fill(person.name);
  await field('Address').fill(person.address);
  await field('Postcode').fill(person.postcode);
  await field('Town or city').fill(person.town);
  await field('E-mail address').fill(person.email);
}

export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Name on the card').fill(AMELIA.name);
  await page.getByLabel('Valid until').fill('12/39');
  await page.getByLabel('Security code').fill('123');
}

/** From the cart to the last page before the order. */
export async function reachReview(page: Page, card: string = CARDS.pays, person: Person = AMELIA): Promise<void> {
  await page.goto('/cart');
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await fillAddress(page, person);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await fillCard(page, card);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and place your order');
}

export function placeButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Place order/ });
}

export type Bought = { number: string; totalPence: number };

/** The number of the order that a page is about. */
export async function orderNumber(page: Page): Promise<string> {
  const words = await page.getByRole('main').getByText(ORDER_NUMBER).first().innerText();
  return ORDER_NUMBER.exec(words)?.[0] ?? '';
}

/** Places the order that is under review, and reads its number from the confirmation. */
export async function placeOrder(page: Page): Promise<Bought> {
  const said = await placeButton(page).innerText();
  const totalPence = said.includes('nothing left to pay') ? 0 : pence(said);
  await placeButton(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Thank you, \w+\. Your order is placed\.$/);
  return { number: await orderNumber(page), totalPence };
}

/** Buys one unit of a product, from its page to the confirmation. */
export async function buy(page: Page, product: Product, person: Person = AMELIA, card: string = CARDS.pays): Promise<Bought> {
  await addToCart(page, product);
  await reachReview(page, card, person);
  return placeOrder(page);
}

/** Expects words that only those see whose scripts are off; matchers of text pass over them. */
export async function saysWithoutScripts(page: Page, words: string): Promise<void> {
  await expect.poll(async () => (await page.locator('main noscript').allInnerTexts()).join(' ')).toContain(words);
}

/** Expects that an answer is a PDF document. */
export async function isDocument(answer: APIResponse): Promise<void> {
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
}

/** Asks for an order by its number and an e-mail address. */
export async function findOrder(page: Page, number: string, email: string): Promise<void> {
  await page.goto('/orders');
  await page.getByLabel('Order number').fill(number);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Find order' }).click();
}

/** Opens the filters of a list: a sheet on phones, a column that is always there on wide screens. */
export async function openFilters(page: Page, isMobile: boolean): Promise<Locator> {
  await page.waitForLoadState();
  if (isMobile) await page.getByRole('button', { name: 'Filters', exact: true }).click();
  const filters = page.getByRole('complementary', { name: 'Filters' });
  await expect(filters).toBeVisible();
  return filters;
}

/** Presses the link of a category in the menu, and waits for all of its page. */
export async function chooseCategory(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'All categories' }).click();
  await page.getByRole('navigation', { name: 'All categories' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.waitForLoadState();
}

/** How many products a list says it has. */
export async function countOfResults(page: Page): Promise<number> {
  const words = await page.getByRole('status').filter({ hasText: /\d items?$/ }).innerText();
  return Number(words.replace(/\D/g, ''));
}

/** The products of a list. */
export function cards(page: Page): Locator {
  return page.getByRole('region', { name: 'Results' }).getByRole('article');
}

/** Each product of a list, once all of its page is there. */
export async function everyCard(page: Page): Promise<Locator[]> {
  await page.waitForLoadState();
  return cards(page).all();
}

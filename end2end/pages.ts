// Every kind of page that the store has, and the ways that people come to see it. A store that is looked at like
// this has imported `withdrawn.csv`.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type APIResponse, request } from '@playwright/test';
import { askForLink, askedIn, beginCodes, freshEmail, linkFor, register, reviewed, signIn, turnCodesOn } from './member';
import type { People } from './people';
import {
  AMELIA,
  CARDS,
  type Goods,
  type Page,
  addToCart,
  buy,
  expect,
  fillAddress,
  findOrder,
  line,
  placeButton,
  press,
  reachReview,
} from './shopper';
import type { Store } from './store';

export type Visited = { goods: Goods; store: Store; people: People };
type Way = (page: Page, visited: Visited) => Promise<unknown>;

/** Goes straight to an address. */
const at =
  (path: string | ((goods: Goods) => string)): Way =>
  (page, { goods }) =>
    page.goto(typeof path === 'string' ? path : path(goods));

/** Goes to a page of the customer's own. */
const asMember =
  (path: string | ((member: People['member']) => string)): Way =>
  async (page, { people: { member } }) => {
    await page.context().addCookies(member.cookies);
    await page.goto(typeof path === 'string' ? path : path(member));
  };

/** Goes to a page of those who run the store. */
const asOperator =
  (path: string | ((operator: People['operator'], member: People['member']) => string)): Way =>
  async (page, { people: { operator, member } }) => {
    await page.context().addCookies(operator.cookies);
    await page.goto(typeof path === 'string' ? path : path(operator, member));
  };

/** Every kind of page by its route, and the ways that a shopper comes to see it. */
export const PAGES: Record<string, Way> = {
  '/': at('/'),
  '/c/*category': at((goods) => categoryOf(goods)),
  '/c/*category, filtered': at((goods) => `${categoryOf(goods)}?price-to=100&in-stock=yes&sort=price-up`),
  '/c/*category, filtered to nothing': at((goods) => `${categoryOf(goods)}?price-from=99999`),
  '/products/:slug': at((goods) => goods.plain().path),
  '/products/:slug, with colours': at((goods) => goods.coloured().path),
  '/products/:slug, sold out': at((goods) => goods.soldOut().path),
  '/products/:slug, just added': async (page, { goods }) => {
    await addToCart(page, goods.plain());
  },
  '/search': at('/search?q=lamp'),
  '/search, nothing found': at('/search?q=zyxwvut'),
  '/search, nothing asked': at('/search'),
  '/cart, empty': at('/cart'),
  '/cart': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await addToCart(page, goods.coloured());
    await addToCart(page, goods.scarce(), (goods.scarce().unitsLeft ?? 0) + 1);
    await page.goto('/cart');
    await press(line(page, goods.plain()).getByRole('button', { name: /^Save for later/ }));
    await expect(page.getByRole('region', { name: 'Saved for later' })).toBeVisible();
  },
  '/cart, a line removed': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/cart');
    await press(line(page, goods.plain()).getByRole('button', { name: /^Remove/ }));
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  },
  '/checkout/address': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
  },
  '/checkout/address, with mistakes': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  '/checkout/delivery': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await expect(page).toHaveURL('/checkout/delivery');
  },
  '/checkout/payment': async (page, visited) => {
    await PAGES['/checkout/delivery']?.(page, visited);
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByText('This store is in test mode').click();
    await expect(page.getByRole('table')).toBeVisible();
  },
  '/checkout/payment, declined': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await reachReview(page, CARDS.declined);
    await placeButton(page).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  '/checkout/review': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await reachReview(page);
  },
  '/orders/:number, just placed': (page, { goods }) => buy(page, goods.plain(13)),
  '/orders/:number': async (page, { goods }) => {
    await buy(page, goods.plain(14));
    await page.getByRole('link', { name: 'Follow this order' }).click();
    await expect(page.getByRole('region', { name: 'Progress' })).toBeVisible();
  },
  '/orders/:number, sent': asMember(({ sent }) => sent),
  '/orders/:number/return': asMember(({ sent }) => `${sent}/return`),
  '/orders/:number/return, with exchanges': async (page, visited) => {
    const { number } = await buy(page, visited.goods.exchangeable(1).product);
    await atDesk(visited, (post) => post('orders/dispatches', { number }, 'The order is sent'));
    await findOrder(page, number, AMELIA.email);
    await page.getByRole('link', { name: 'Return items' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What do you want to send back?');
  },
  '/orders/:number/address': asMember(({ order }) => `${order}/address`),
  '/orders': at('/orders'),
  '/orders, nothing found': async (page) => {
    await findOrder(page, 'CG-00000-00000', AMELIA.email);
    await expect(page.getByRole('alert')).toBeVisible();
  },
  '/cart, out of reach': async (page, visited) => {
    await addToCart(page, visited.goods.plain());
    await withoutGraph(visited, async () => {
      expect((await page.goto('/cart'))?.status()).toBe(503);
    });
  },
  '/help': at('/help'),
  '/help/:topic': at('/help/delivery'),
  'nothing here': at('/no/such/page'),
  '/products/:slug, no longer sold': at('/products/withdrawn-lantern'),

  '/account/sign-in': at('/account/sign-in'),
  '/account/sign-in, refused': async (page) => {
    await signIn(page, AMELIA.email, 'not the right words');
    await expect(page.getByRole('alert')).toBeVisible();
  },
  '/account/register': at('/account/register'),
  '/account/register, letter sent': (page) => askForLink(page, '/account/register', freshEmail()),
  '/account/link, with mistakes': async (page, { store }) => {
    const email = freshEmail();
    await askForLink(page, '/account/register', email);
    await page.goto(await linkFor(store, email));
    await page.getByLabel('Your name').fill(AMELIA.name);
    await page.getByLabel('Password', { exact: true }).fill('password123');
    await page.getByRole('button', { name: 'Open account' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/one of the first passwords/);
  },
  '/account/forgotten': at('/account/forgotten'),
  '/account/link, spent': at('/account/link?token=nothing'),
  '/, signed in': asMember('/'),
  '/account': asMember('/account'),
  '/account/orders': asMember('/account/orders'),
  '/account/orders, nothing found': asMember('/account/orders?q=nothing+like+it'),
  '/orders/:number, of an account': asMember(({ order }) => order),
  '/account/addresses': asMember('/account/addresses'),
  '/account/addresses/:id': asMember(({ address }) => address),
  '/account/addresses/:id, with mistakes': async (page, visited) => {
    await asMember('/account/addresses/new')(page, visited);
    await page.getByRole('textbox', { name: 'Postcode' }).fill('nonsense');
    await page.getByRole('button', { name: 'Save address' }).click();
    await expect(page.getByRole('textbox', { name: 'Postcode' })).toHaveAccessibleDescription(/must look like/);
  },
  '/account/lists': asMember('/account/lists'),
  '/account/lists/:id': asMember(({ list }) => list),
  '/account/lists/add': (page, visited) =>
    asMember(`/account/lists/add?sku=${encodeURIComponent(visited.goods.plain().first.sku)}`)(page, visited),
  '/lists/:key': (page, { people }) => page.goto(people.member.sharedList),
  '/account/alerts': async (page, visited) => {
    await asMember(priceAlertOf(visited.goods))(page, visited);
    await page.getByRole('button', { name: 'Tell me' }).click();
    await expect(page.getByRole('main').getByRole('status')).toBeVisible();
  },
  '/alerts/new': at((goods) => `/alerts/new?sku=${encodeURIComponent(goods.soldOut().first.sku)}&about=stock`),
  '/alerts/new, signed in': (page, visited) => asMember(priceAlertOf(visited.goods))(page, visited),
  '/alerts/new, with mistakes': async (page, { goods }) => {
    await page.goto(priceAlertOf(goods));
    const email = page.getByLabel('E-mail address', { exact: true });
    await email.evaluate((field: HTMLInputElement) => (field.type = 'text'));
    await email.fill('nonsense');
    await page.getByRole('button', { name: 'Tell me' }).click();
    await expect(email).toHaveAccessibleDescription(/looks like/);
  },
  '/alerts/new, letter sent': async (page, { goods }) => {
    await page.goto(priceAlertOf(goods));
    await page.getByLabel('E-mail address', { exact: true }).fill(freshEmail());
    await page.getByRole('button', { name: 'Tell me' }).click();
    await expect(page.getByRole('main').getByRole('status')).toBeVisible();
  },
  '/alerts/confirm': at('/alerts/confirm?done=price'),
  '/alerts/confirm, spent': at('/alerts/confirm?token=nothing'),
  '/alerts/stop': at('/alerts/stop?done=yes'),
  '/account/credit': asMember('/account/credit'),
  '/account/sessions': asMember('/account/sessions'),
  '/account/settings': async (page, visited) => {
    await asMember('/account/settings')(page, visited);
    await page.getByText('Remove your account').click();
  },
  '/account/security': asMember('/account/security'),
  '/account/security/codes': async (page, { store }) => {
    await register(page, store, freshEmail());
    await beginCodes(page);
  },
  '/account/security/codes, kept': async (page, { store }) => {
    await register(page, store, freshEmail());
    await turnCodesOn(page);
  },
  '/account/sign-in/code': async (page, { store }) => {
    const email = freshEmail();
    await register(page, store, email);
    await turnCodesOn(page);
    await page.context().clearCookies();
    await signIn(page, email);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your code');
  },
  '/history': asMember('/history'),
  '/history, not kept': at('/history'),
  '/products/:slug/review': asMember(({ reviewed: path }) => `${path}/review`),
  '/products/:slug/review, with mistakes': async (page, visited) => {
    await asMember(`${visited.goods.plain(17).path}/review`)(page, visited);
    await page.getByRole('button', { name: 'Post review' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  '/products/:slug, reviewed': async (page, visited) => {
    await asOperator('/')(page, visited);
    await page.goto(visited.people.member.reviewed);
    await reviewed(page).getByText('Report', { exact: true }).first().click();
    await askedIn(page).locator('summary', { hasText: 'Answer' }).first().click();
  },

  '/operator': asOperator('/operator'),
  '/operator, not allowed': asMember('/operator'),
  '/operator/stock': asOperator('/operator/stock'),
  '/operator/stock/skus/:sku': asOperator(({ sku }) => `/operator/stock/skus/${encodeURIComponent(sku)}`),
  '/operator/stock/locations': asOperator('/operator/stock/locations'),
  '/operator/stock/locations/:id': asOperator('/operator/stock/locations/00000000000000000000000000000000'),
  '/operator/stock/locations/:id, with mistakes': async (page, visited) => {
    await asOperator('/operator/stock/locations/new')(page, visited);
    await page.getByLabel('Postcode').fill('nonsense');
    await page.getByRole('button', { name: 'Keep the location' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  '/operator/stock/counts': asOperator('/operator/stock/counts'),
  '/operator/stock/counts/:id': asOperator(({ count }) => count),
  '/operator/gift-cards': asOperator('/operator/gift-cards'),
  '/operator/letters': asOperator('/operator/letters'),
  '/operator/letters, none': asOperator('/operator/letters?order=CG-00000-00000'),
  '/operator/letters/:id': asOperator(({ letter }) => letter),
  '/operator/accounts': asOperator('/operator/accounts'),
  '/operator/accounts/:id': async (page, visited) => {
    const email = freshEmail();
    await register(page, visited.store, email);
    await turnCodesOn(page);
    await page.context().clearCookies();
    await asOperator('/operator/accounts')(page, visited);
    await page.getByLabel('E-mail address of the account').fill(email);
    await page.getByRole('button', { name: 'Find the account' }).click();
    await expect(page.getByRole('button', { name: 'Turn off codes' })).toBeVisible();
  },
  '/operator/orders': asOperator('/operator/orders'),
  '/operator/orders/:number': asOperator((_, { order }) => `/operator/orders/${order.split('/').pop()}`),
  '/operator/sagas': asOperator('/operator/sagas'),
  '/operator/ledger': asOperator('/operator/ledger?check=yes'),
  '/operator/searches': asOperator('/operator/searches'),
  '/operator/faults': asOperator('/operator/faults'),
  '/search, explained': asOperator('/search?q=lamp&explain=1'),
  '/operator/reviews': asOperator('/operator/reviews'),
  '/operator/graph': asOperator('/operator/graph'),
  '/operator/graph, nothing found': asOperator('/operator/graph?kind=product&asked=NOBODY-HAS-THIS'),
  '/operator/graph/:kind/:id': asOperator(({ neighbourhood }) => neighbourhood),
};

/** Pages without the header and the footer of the store: the bank's, and where the store can't look anything up. */
export const BARE_PAGES: Record<string, Way> = {
  'bank': async (page, { goods }) => {
    await addToCart(page, goods.plain());
    await reachReview(page, CARDS.challenges);
    await placeButton(page).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is this payment yours?');
  },
  'address that is not readable': at('/c/home?brand=%FF'),
  'form that is too long': async (page) => {
    await page.goto('/orders');
    const number = page.getByLabel('Order number');
    await number.evaluate((field) => field.removeAttribute('maxlength'));
    await number.fill('x'.repeat(70_000));
    await page.getByLabel('E-mail address').fill(AMELIA.email);
    await page.getByRole('button', { name: 'Find order' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('That was too much at once');
  },
  'too many forms': async (page, { store }) => {
    // A proxy that asks for one client until the store has enough of it.
    const headers = { accept: 'text/html', 'x-forwarded-for': '203.0.113.7' };
    const post = () => page.request.post('/no/such/form', { headers });
    const AT_ONCE = 50;
    let refusal: APIResponse | undefined;
    while (!refusal) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, post));
      refusal = answers.find((answer) => answer.status() === 429);
    }
    const response = refusal;
    await page.route(`${store.baseURL}/too-fast`, (route) => route.fulfill({ response }));
    await page.goto('/too-fast');
  },
  'something that broke': async (page, { store }) => {
    // The page that a panic is answered with, as the server fills it in.
    const template = await readFile(join(import.meta.dirname, '..', 'server', 'src', 'http', 'error_page.html'), 'utf8');
    const assets = /\/pkg\/([^"]+)\.css/.exec(await (await page.request.get('/')).text())?.[1] ?? 'no style';
    const body = template
      .replaceAll('{title}', 'Something went wrong on our side')
      .replaceAll('{advice}', 'We have noted it. Your cart is safe and nothing was charged twice. Please try again in a moment.')
      .replaceAll('{ways}', '<a class="button button--signal" href="/">Go to the front page</a>')
      .replaceAll('{status}', '500')
      .replaceAll('{assets}', assets)
      .replaceAll('{name}', 'Cartograph');
    await page.route(`${store.baseURL}/broken`, (route) => route.fulfill({ status: 500, contentType: 'text/html', body }));
    await page.goto('/broken');
  },
};

type Post = (action: string, form: Record<string, string>, said: string) => Promise<void>;

/** Does something as somebody who runs the store, beside the page that is looked at. */
async function atDesk({ store, people }: Visited, act: (post: Post) => Promise<void>): Promise<void> {
  const desk = await request.newContext({
    baseURL: store.baseURL,
    storageState: { cookies: people.operator.cookies, origins: [] },
    extraHTTPHeaders: { accept: 'text/html' },
  });
  try {
    await act(async (action, form, said) => {
      const answer = await desk.post(`/api/operator/${action}`, { form });
      expect(await answer.text()).toContain(said);
    });
  } finally {
    await desk.dispose();
  }
}

/** What the store shows while its graph does not answer, because somebody who runs it wants it so. */
function withoutGraph(visited: Visited, look: () => Promise<void>): Promise<void> {
  return atDesk(visited, async (post) => {
    const fault = { fault: 'graph.down' };
    try {
      await post('faults/switches', { ...fault, strength: '1' }, 'The fault is on.');
      await look();
    } finally {
      await post('faults/removals', fault, 'The fault is off.');
    }
  });
}

/** Where somebody asks to hear of a lower price. */
function priceAlertOf(goods: Goods): string {
  return `/alerts/new?sku=${encodeURIComponent(goods.plain(19).first.sku)}&about=price`;
}

/** A top category of the store. */
export function categoryOf(goods: Goods): string {
  const top = goods.plain().categories[0] ?? '';
  return `/c/${top.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}

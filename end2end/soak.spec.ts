import { join } from 'node:path';
import { type People, test } from './people';
import { routeOf, routes } from './routes';
import { sitemapPaths } from './goods';
import { expect, type Goods } from './shopper';
import type { Store } from './store';

const SOAK_SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
const SHOPPERS = 24;
// Longer than any page may take on a busy machine; the server itself gives up after 20 s.
const HANG_MS = 15_000;
// Enough of them on each walk that all are visited many times.
const PAGES_A_WALK = 40;
const OWN_PAGES_A_WALK = 16;
const WITHDRAWN = '/products/withdrawn-lantern';

test.use({ imports: [join(import.meta.dirname, 'withdrawn.csv')] });

type Visit = {
  path: string;
  form?: Record<string, string>;
  expected: number[];
  /** Whose page it is; nobody's unless said otherwise. */
  as?: keyof People;
};

type Answer = { location: string; field: (name: string) => string };

/** A shopper without a browser: keeps cookies, follows nothing. */
class Walker {
  private readonly cookies: Map<string, string>;

  constructor(
    private readonly store: Store,
    cookies: { name: string; value: string }[] = [],
  ) {
    this.cookies = new Map(cookies.map(({ name, value }) => [name, value]));
  }

  async visit({ path, form, expected }: Visit): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.store.baseURL + path, {
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      headers: { accept: 'text/html', cookie, origin: this.store.baseURL },
      redirect: 'manual',
      signal: AbortSignal.timeout(HANG_MS),
    });
    const kind = answer.headers.get('content-type') ?? '';
    const body = kind === 'text/event-stream' ? await firstPart(answer) : await answer.text();
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name !== undefined && value !== undefined) this.cookies.set(name, value);
    }
    expect(expected, `${form ? 'POST' : 'GET'} ${path} answered ${answer.status}`).toContain(answer.status);
    const leadsOn = answer.status >= 300 && answer.status < 400;
    expect(leadsOn ? answer.headers.get('location') : body, path).toBeTruthy();
    if (answer.status === 200 && kind.startsWith('text/html')) expect(body, path).toContain('</html>');
    return { location: answer.headers.get('location') ?? '', field: (name) => fieldOf(body, name) };
  }

  /** From the payment step to the order's page; answers the paths that it saw. */
  async pay(): Promise<string[]> {
    const payment = await this.visit({ path: '/checkout/payment', expected: [200] });
    const card = {
      number: '4242424242424242',
      expiry: '12/34',
      cvc: '123',
      name: 'Walker',
      return_url: payment.field('return_url'),
    };
    const back = await this.visit({ path: '/sandbox/payment_methods', form: card, expected: [303] });
    await this.visit({ path: back.location, expected: [302, 303] });
    const review = await this.visit({ path: '/checkout/review', expected: [200] });
    const order = { key: review.field('key'), seen: review.field('seen'), reviewed: review.field('reviewed') };
    const placed = await this.visit({ path: '/api/checkout/orders', form: order, expected: [302] });
    const { pathname, search } = new URL(placed.location, this.store.baseURL);
    await this.visit({ path: pathname + search, expected: [200] });
    return ['/checkout/review', pathname];
  }
}

/** What a stream that does not end begins with. */
async function firstPart(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  const part = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(part?.value);
}

function fieldOf(page: string, name: string): string {
  const tag = page.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0] ?? '';
  return (tag.match(/value="([^"]*)"/)?.[1] ?? '').replaceAll('&amp;', '&');
}

const page = (path: string, expected = [200]): Visit => ({ path, expected });

/** What everybody may ask for. */
async function ofEverybody(store: Store, goods: Goods): Promise<Visit[]> {
  const paths = await sitemapPaths(store.baseURL);
  const categories = paths.filter((path) => path.startsWith('/c/'));
  const html = await (await fetch(store.baseURL + goods.plain().path)).text();
  const picture = /\/pictures\/[^"? ]+/.exec(html)?.[0] ?? 'no picture';
  const style = /\/pkg\/[^"]+\.css/.exec(html)?.[0] ?? 'no style';
  return [
    page('/'),
    page('/search?q=lamp'),
    page('/search?q=lamp&sort=price-up'),
    page('/search?q=zyxwvut'),
    page('/search'),
    page('/account/sign-in/passkey', [302]),
    page('/cart'),
    page('/orders'),
    page('/history'),
    page('/help'),
    page('/help/delivery'),
    page('/account', [302]),
    page('/account/sign-in'),
    page('/account/sign-in/code', [302]),
    page('/account/register'),
    page('/account/forgotten'),
    page('/account/link?token=nothing'),
    page('/operator', [302]),
    page('/sitemap.xml'),
    page('/sitemaps/products-1.xml'),
    page('/robots.txt'),
    page('/health'),
    page('/favicon.svg'),
    page(style),
    page(picture),
    page(`/live/stock?watch=5:${encodeURIComponent(goods.plain().first.sku)}`),
    page('/no/such/page', [404]),
    page('/products/no-such-product', [404]),
    page('/lists/no-such-list', [404]),
    page('/alerts/confirm?token=nothing'),
    page('/alerts/stop?key=nothing', [404]),
    page('/orders/CG-00000-00000?access=nothing', [404]),
    page(WITHDRAWN, [410]),
    page('/search?q=%FF', [301]),
    page('/c/home?brand=%FF', [400]),
    page('/checkout', [302]),
    page('/checkout/challenge', [302]),
    ...categories.flatMap((path) => [page(path), page(`${path}?in-stock=yes&sort=price-up`)]),
    ...goods.all.map(({ path }) => page(path)),
  ];
}

/** What a customer and somebody who runs the store ask for. */
function ofTheirOwn({ member, operator }: People, goods: Goods): Visit[] {
  const sku = encodeURIComponent(goods.plain().first.sku);
  const ofMember = [
    '/',
    '/cart',
    '/account',
    '/account/orders',
    '/account/orders?q=nothing+like+it',
    member.order,
    `${member.order}/address`,
    member.sent,
    `${member.sent}/return`,
    '/account/addresses',
    '/account/addresses/new',
    member.address,
    '/account/lists',
    `/account/lists/add?sku=${sku}`,
    member.list,
    member.sharedList,
    '/account/alerts',
    `/alerts/new?sku=${sku}&about=price`,
    '/account/credit',
    '/account/sessions',
    '/account/security',
    '/account/settings',
    '/account/export',
    '/history',
    member.reviewed,
    `${member.reviewed}/review`,
  ];
  const ofOperator = [
    '/operator',
    '/operator/orders',
    `/operator/orders/${member.order.split('/').pop()}`,
    '/operator/stock',
    `/operator/stock?q=${sku}`,
    `/operator/stock/skus/${encodeURIComponent(operator.sku)}`,
    '/operator/stock/locations',
    '/operator/stock/locations/00000000000000000000000000000000',
    '/operator/stock/counts',
    operator.count,
    '/operator/sagas',
    '/operator/gift-cards',
    '/operator/letters',
    operator.letter,
    '/operator/accounts',
    operator.account,
    '/operator/ledger',
    '/operator/ledger?check=yes',
    '/operator/searches',
    '/operator/reviews',
    '/operator/graph',
    '/operator/faults',
    operator.neighbourhood,
    '/search?q=lamp&explain=1',
  ];
  return [
    ...ofMember.map((path): Visit => ({ ...page(path), as: 'member' })),
    ...ofOperator.map((path): Visit => ({ ...page(path), as: 'operator' })),
    // These lead back where nothing was begun.
    { ...page('/account/security/passkey', [302]), as: 'member' },
    { ...page('/account/security/codes', [302]), as: 'member' },
    { ...page('/operator/ledger', [403]), as: 'member' },
  ];
}

/** The routes that none of the paths leads to. */
function unvisited(patterns: string[], paths: string[]): string[] {
  const visited = new Set(paths.map((path) => routeOf(path.replace(/\?.*/, ''), patterns)));
  return patterns.filter((pattern) => !visited.has(pattern));
}

// A walk without a browser needs no script: this tag has it run in one project only.
test('every page holds under parallel load', { tag: '@no-script-only' }, async ({ store, goods, people }) => {
  test.setTimeout((3 * SOAK_SECONDS + 60) * 1000);
  const add = ({ sku }: { sku: string }): Visit => ({
    path: '/api/cart/lines',
    form: { sku, quantity: '1' },
    expected: [302],
  });
  const contact = {
    email: 'walker@example.org',
    name: 'Walker',
    phone: '',
    line1: '1 Long Way',
    line2: '',
    city: 'York',
    region: '',
    postcode: 'YO1 7HH',
    country: 'GB',
  };
  const everybodys = await ofEverybody(store, goods);
  const own = ofTheirOwn(people, goods);
  const checkingOut: Visit[] = [
    page('/cart'),
    page('/checkout', [302]),
    page('/checkout/address'),
    { path: '/api/checkout/contact', form: contact, expected: [302] },
    page('/checkout/delivery'),
    { path: '/api/checkout/delivery', form: { delivery: 'express' }, expected: [302] },
    page('/checkout/payment'),
  ];

  const start = Date.now();
  // A busy machine gets three times as long to come to all pages once.
  const isOver = () => {
    const rounds = (Date.now() - start) / (SOAK_SECONDS * 1000);
    return rounds >= 3 || (rounds >= 1 && everything.every((path) => visited.has(path)));
  };
  const visited = new Set<string>();
  const failures: string[] = [];
  const nameOf = ({ path, as }: Visit) => (as ? `${path} as ${as}` : path);
  const everything = [...everybodys, ...own, ...checkingOut].map(nameOf).concat('/checkout/review');
  /** The next ones of a list that starts anew at its end. */
  const turnsOf = (visits: Visit[]) => {
    let next = 0;
    return (count: number) => Array.from({ length: count }, () => visits[next++ % visits.length] ?? page('/'));
  };
  const [nextPages, nextOwn] = [turnsOf(everybodys), turnsOf(own)];
  const walk = async (number: number) => {
    // Each buys once: the shelves must not be empty before the end.
    let buys = true;
    while (!isOver() && failures.length < 20) {
      const guest = new Walker(store);
      const walkers = { member: new Walker(store, people.member.cookies), operator: new Walker(store, people.operator.cookies) };
      const basket = [goods.plain(number % 5), goods.dearer().product];
      const visits = [
        ...nextPages(PAGES_A_WALK),
        ...nextOwn(OWN_PAGES_A_WALK),
        ...basket.map(({ first }) => add(first)),
        ...checkingOut,
        page('/'),
      ];
      for (const visit of visits) {
        if (isOver()) break;
        try {
          await (visit.as ? walkers[visit.as] : guest).visit(visit);
          visited.add(nameOf(visit));
          if (visit.path === '/checkout/payment' && buys) {
            buys = false;
            for (const path of await guest.pay()) visited.add(path);
          }
        } catch (error) {
          failures.push(`${nameOf(visit)}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS }, (_, number) => walk(number)));

  expect(failures).toEqual([]);
  expect(everything.filter((path) => !visited.has(path))).toEqual([]);
  const paths = [...visited].map((name) => name.replace(/ as \w+$/, ''));
  expect(unvisited(await routes(), paths), 'pages that the store has and nobody visited').toEqual([]);
  expect(store.log()).not.toContain('panicked');
  expect((await fetch(store.baseURL)).status).toBe(200);
});

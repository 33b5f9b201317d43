import { expect, test } from './shopper';
import type { Store } from './store';

const SOAK_SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
const SHOPPERS = 24;
// Longer than any page may take on a busy machine; the server itself gives up after 20 s.
const HANG_MS = 15_000;

type Visit = { path: string; form?: Record<string, string>; expected: number[] };

/** A shopper without a browser: keeps the cookie, follows nothing. */
class Walker {
  private cookie = '';

  constructor(private readonly store: Store) {}

  async visit({ path, form, expected }: Visit): Promise<string> {
    const answer = await fetch(this.store.baseURL + path, {
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      headers: { accept: 'text/html', cookie: this.cookie, origin: this.store.baseURL },
      redirect: 'manual',
      signal: AbortSignal.timeout(HANG_MS),
    });
    const body = await answer.text();
    this.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? this.cookie;
    expect(expected, `${form ? 'POST' : 'GET'} ${path} answered ${answer.status}`).toContain(answer.status);
    if (answer.status === 200) expect(body, path).toContain('</html>');
    return answer.headers.get('location') ?? '';
  }
}

// A walk without a browser needs no script: this tag has it run in one project only.
test('every page holds under parallel load', { tag: '@no-script-only' }, async ({ store, goods }) => {
  test.setTimeout((SOAK_SECONDS + 60) * 1000);
  const page = (path: string, expected = [200]): Visit => ({ path, expected });
  const add = ({ sku }: { sku: string }): Visit => ({
    path: '/api/cart/lines',
    form: { sku, quantity: '1' },
    expected: [302],
  });
  const categories = [...(await (await fetch(`${store.baseURL}/sitemaps/categories.xml`)).text()).matchAll(/<loc>[^<]*?(\/c\/[^<]+)<\/loc>/g)];
  const anybody: Visit[] = [
    page('/'),
    page('/search?q=lamp'),
    page('/search?q=lamp&sort=price-up'),
    page('/search?q=zyxwvut'),
    page('/search'),
    page('/cart'),
    page('/orders'),
    page('/help'),
    page('/help/delivery'),
    page('/sitemap.xml'),
    page('/sitemaps/products-1.xml'),
    page('/robots.txt'),
    page('/no/such/page', [404]),
    page('/products/no-such-product', [404]),
    page('/orders/CG-00000-00000?access=nothing', [404]),
    page('/search?q=%FF', [400]),
    page('/checkout', [302]),
    ...categories.flatMap(([, path]) => [page(path ?? ''), page(`${path}?in-stock=yes&sort=price-up`)]),
    ...goods.all.map(({ path }) => page(path)),
  ];
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
  const checkingOut: Visit[] = [
    page('/cart'),
    page('/checkout', [302]),
    page('/checkout/address'),
    { path: '/api/checkout/contact', form: contact, expected: [302] },
    page('/checkout/delivery'),
    { path: '/api/checkout/delivery', form: { delivery: 'express' }, expected: [302] },
    page('/checkout/payment'),
  ];

  const deadline = Date.now() + SOAK_SECONDS * 1000;
  const visited = new Map<string, number>();
  const failures: string[] = [];
  let next = 0;
  const walk = async (number: number) => {
    while (Date.now() < deadline && failures.length < 20) {
      const walker = new Walker(store);
      const basket = [goods.plain(number % 5), goods.dearer().product];
      // Enough anonymous pages on each walk that all of them are visited many times.
      const pages = Array.from({ length: 40 }, () => anybody[next++ % anybody.length] ?? page('/'));
      const visits = [...pages, ...basket.map(({ first }) => add(first)), ...checkingOut, page('/')];
      for (const visit of visits) {
        if (Date.now() >= deadline) break;
        try {
          await walker.visit(visit);
          visited.set(visit.path, (visited.get(visit.path) ?? 0) + 1);
        } catch (error) {
          failures.push(`${visit.path}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS }, (_, number) => walk(number)));

  expect(failures).toEqual([]);
  const unvisited = [...anybody, ...checkingOut].filter(({ path }) => !visited.has(path)).map(({ path }) => path);
  expect(unvisited).toEqual([]);
  expect(store.log()).not.toContain('panicked');
  expect((await fetch(store.baseURL)).status).toBe(200);
});

import { expect, test } from './shopper';
import type { Store } from './store';

const SOAK_SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
const SHOPPERS = 24;
// Longer than any page may take on a busy machine; the server itself gives up after 20 s.
const HANG_MS = 15_000;

type Visit = { path: string; form?: Record<string, string>; expected: number[] };

type Answer = { location: string; field: (name: string) => string };

/** A shopper without a browser: keeps the cookie, follows nothing. */
class Walker {
  private cookie = '';

  constructor(private readonly store: Store) {}

  async visit({ path, form, expected }: Visit): Promise<Answer> {
    const answer = await fetch(this.store.baseURL + path, {
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      headers: { accept: 'text/html', cookie: this.cookie, origin: this.store.baseURL },
      redirect: 'manual',
      signal: AbortSignal.timeout(HANG_MS),
    });
    const body = await answer.text();
    this.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? this.cookie;
    expect(expected, `${form ? 'POST' : 'GET'} ${path} answered ${answer.status}`).toContain(answer.status);
    const isWholePage = answer.status === 200 && answer.headers.get('content-type')?.startsWith('text/html');
    if (isWholePage) expect(body, path).toContain('</html>');
    return { location: answer.headers.get('location') ?? '', field: (name) => fieldOf(body, name) };
  }

  /** From the payment step to the order's page; answers the patterns of the pages it saw. */
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
    return ['/checkout/review', pathname.replace(/CG-.*/, 'CG-…')];
  }
}

function fieldOf(page: string, name: string): string {
  const tag = page.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0] ?? '';
  return (tag.match(/value="([^"]*)"/)?.[1] ?? '').replaceAll('&amp;', '&');
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
  const note = (path: string) => visited.set(path, (visited.get(path) ?? 0) + 1);
  const walk = async (number: number) => {
    // Each buys once: the shelves must not be empty before the end.
    let buys = true;
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
          note(visit.path);
          if (visit.path === '/checkout/payment' && buys) {
            buys = false;
            for (const path of await walker.pay()) note(path);
          }
        } catch (error) {
          failures.push(`${visit.path}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS }, (_, number) => walk(number)));

  expect(failures).toEqual([]);
  const everything = [...anybody, ...checkingOut].map(({ path }) => path).concat('/checkout/review', '/orders/CG-…');
  expect(everything.filter((path) => !visited.has(path))).toEqual([]);
  expect(store.log()).not.toContain('panicked');
  expect((await fetch(store.baseURL)).status).toBe(200);
});

// What search engines read: https://schema.org, and what Google requires and recommends of it
// (https://developers.google.com/search/docs/appearance/structured-data).
import { type Product, expect, linkedDataOf, sitemapPaths, test } from './shopper';

type Thing = Record<string, unknown>;

const PRICE = expect.stringMatching(/^\d+(\.\d{1,2})?$/);
const AVAILABILITY = expect.stringMatching(/^https:\/\/schema\.org\/(InStock|OutOfStock)$/);
const WORDS = expect.stringMatching(/\S/);

/** The things of a type, alone or in a graph. */
function ofType(data: Thing[], type: string): Thing[] {
  const things = data.flatMap((one) => (Array.isArray(one['@graph']) ? (one['@graph'] as Thing[]) : [one]));
  return things.filter((thing) => thing['@type'] === type);
}

function oneOf(data: Thing[], type: string): Thing {
  const things = ofType(data, type);
  expect(things, `things of the type ${type}`).toHaveLength(1);
  return things[0] ?? {};
}

/** An offer as a shop in one country makes it to everybody. */
function offerOf(address: unknown, seller: string): Thing {
  return {
    '@type': 'Offer',
    url: address,
    price: PRICE,
    priceCurrency: 'GBP',
    availability: AVAILABILITY,
    itemCondition: 'https://schema.org/NewCondition',
    seller: { '@type': 'Organization', name: seller },
  };
}

test.describe('product', () => {
  const kinds: [string, (goods: { plain: () => Product; coloured: () => Product; soldOut: () => Product }) => Product][] = [
    ['with nothing to choose', (goods) => goods.plain()],
    ['with variants', (goods) => goods.coloured()],
    ['that is sold out', (goods) => goods.soldOut()],
  ];
  for (const [kind, choose] of kinds) {
    test(`${kind} is described as its page shows it`, async ({ page, store, goods }) => {
      const known = choose(goods);
      const address = store.baseURL + known.path;
      const html = (await (await page.goto(known.path))?.text()) ?? '';
      const data = linkedDataOf(html);
      for (const block of data) expect(block['@context']).toBe('https://schema.org');

      const product = oneOf(data, 'Product');
      expect(product).toMatchObject({ url: address, description: WORDS, category: WORDS, sku: WORDS });
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${product['name'] as string}`);
      if (known.brand !== undefined) expect(product['brand']).toEqual({ '@type': 'Brand', name: known.brand });

      const images = product['image'] as string[];
      expect(images.length).toBeGreaterThan(0);
      for (const image of images) {
        const answer = await page.request.get(image);
        expect(answer.status(), image).toBe(200);
        expect(answer.headers()['content-type'], image).toMatch(/^image\//);
      }

      const soldBy = /^Sold by (.+)$/.exec(await page.getByText(/^Sold by /).innerText());
      const seller = soldBy?.[1] ?? '';
      const prices = known.offers.map(({ pricePence }) => pricePence / 100);
      if (known.offers.length === 1) {
        expect(product['offers']).toMatchObject({ ...offerOf(address, seller) });
      } else {
        const offers = product['offers'] as Thing;
        expect(offers).toMatchObject({
          '@type': 'AggregateOffer',
          priceCurrency: 'GBP',
          offerCount: known.offers.length,
          availability: AVAILABILITY,
        });
        expect(Number(offers['lowPrice'])).toBe(Math.min(...prices));
        expect(Number(offers['highPrice'])).toBe(Math.max(...prices));
        const each = offers['offers'] as Thing[];
        expect(new Set(each.map(({ url }) => url)).size).toBe(each.length);
        for (const offer of each) {
          expect(offer).toMatchObject(offerOf(expect.stringContaining(`${address}?sku=`), seller));
          expect(offer['name']).toEqual(WORDS);
        }
      }
      const buyable = await page.getByRole('button', { name: 'Add to cart', exact: true }).count();
      expect(known.first.inStock).toBe(buyable > 0);
    });
  }

  test('has the rating that its page shows, or none', async ({ page, goods }) => {
    let rated = 0;
    let unrated = 0;
    for (const { path } of goods.all.slice(0, 20)) {
      const html = await (await page.request.get(path)).text();
      const product = oneOf(linkedDataOf(html), 'Product');
      const rating = product['aggregateRating'] as Thing | undefined;
      if (rating === undefined) {
        unrated++;
        continue;
      }
      rated++;
      expect(rating).toMatchObject({ '@type': 'AggregateRating', bestRating: '5', worstRating: '1' });
      expect(Number(rating['ratingValue'])).toBeGreaterThanOrEqual(1);
      expect(Number(rating['ratingValue'])).toBeLessThanOrEqual(5);
      expect(rating['ratingCount']).toBeGreaterThan(0);
      if (rated === 1) {
        await page.goto(path);
        const stars = page.getByRole('main').getByRole('img', { name: `${Number(rating['ratingValue'])} out of 5 stars` });
        await expect(stars.first()).toBeVisible();
      }
    }
    expect(rated).toBeGreaterThan(0);
    expect(unrated).toBeGreaterThan(0);
  });

  test('says what delivery costs and how it is returned', async ({ request, goods }) => {
    const product = oneOf(linkedDataOf(await (await request.get(goods.plain().path)).text()), 'Product');
    expect(product['offers']).toMatchObject({
      shippingDetails: ['GB', 'FR', 'JP'].map((country) => ({
        '@type': 'OfferShippingDetails',
        shippingRate: { '@type': 'MonetaryAmount', currency: 'GBP' },
        shippingDestination: { '@type': 'DefinedRegion', addressCountry: expect.arrayContaining([country]) },
        deliveryTime: { '@type': 'ShippingDeliveryTime' },
      })),
      hasMerchantReturnPolicy: {
        '@type': 'MerchantReturnPolicy',
        applicableCountry: expect.anything(),
        returnPolicyCategory: 'https://schema.org/MerchantReturnFiniteReturnWindow',
        merchantReturnDays: 14,
      },
    });
    // What several offers share is said by the first and named by the others.
    const { offers } = oneOf(linkedDataOf(await (await request.get(goods.coloured().path)).text()), 'Product')['offers'] as {
      offers: { shippingDetails: Thing[]; hasMerchantReturnPolicy: Thing }[];
    };
    const said = new Map<unknown, Thing>();
    for (const { shippingDetails, hasMerchantReturnPolicy } of offers) {
      for (const thing of [...shippingDetails, hasMerchantReturnPolicy]) {
        if ('@type' in thing) said.set(thing['@id'], thing);
        expect(said.get(thing['@id']), `${thing['@id'] as string} is said before it is named`).toBeDefined();
      }
      expect(said.get(hasMerchantReturnPolicy['@id'])).toMatchObject({ '@type': 'MerchantReturnPolicy', merchantReturnDays: 14 });
      expect(shippingDetails.map((details) => said.get(details['@id'])?.['@type'])).toEqual(Array(3).fill('OfferShippingDetails'));
    }
  });

  test('has a number that the whole world knows it by, where it has one', async ({ request, goods }) => {
    const numbers: string[] = [];
    for (const { path } of goods.all.slice(0, 20)) {
      const { gtin } = oneOf(linkedDataOf(await (await request.get(path)).text()), 'Product');
      if (typeof gtin === 'string') numbers.push(gtin);
    }
    expect(numbers.length).toBeGreaterThan(0);
    for (const number of numbers) {
      expect(number).toMatch(/^(\d{8}|\d{12,14})$/);
      // The check digit of GS1: weights 3 and 1 from the right.
      const sum = [...number].reverse().reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
      expect(sum % 10, number).toBe(0);
    }
  });
});

test.describe('breadcrumbs', () => {
  test('are the ones on the page, and lead there', async ({ page, store, goods }) => {
    const category = (await sitemapPaths(store.baseURL)).find((path) => path.split('/').length > 3) ?? '';
    for (const path of [goods.plain().path, category, '/help/delivery']) {
      const html = (await (await page.goto(path))?.text()) ?? '';
      const items = oneOf(linkedDataOf(html), 'BreadcrumbList')['itemListElement'] as Thing[];
      const shown = page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('listitem');
      await expect(shown).toHaveText(items.map(({ name }) => `${name as string}`));
      expect(items.map(({ position }) => position)).toEqual(items.map((_, place) => place + 1));
      expect(items.length).toBeGreaterThan(1);
      for (const item of items.slice(0, -1)) {
        expect(item['@type']).toBe('ListItem');
        expect((await page.request.get(item['item'] as string)).status()).toBe(200);
      }
    }
  });
});

test.describe('the store', () => {
  test('is an organization with a logo', async ({ request, store }) => {
    const organization = oneOf(linkedDataOf(await (await request.get('/')).text()), 'Organization');
    expect(organization).toMatchObject({ '@id': WORDS, name: 'Cartograph', url: `${store.baseURL}/` });
    const logo = await request.get(organization['logo'] as string);
    expect(logo.status()).toBe(200);
    expect(logo.headers()['content-type']).toMatch(/^image\//);
  });

  test('is a site that can be searched', async ({ page, store, goods }) => {
    const data = linkedDataOf((await (await page.goto('/'))?.text()) ?? '');
    const site = oneOf(data, 'WebSite');
    expect(site).toMatchObject({
      name: 'Cartograph',
      url: `${store.baseURL}/`,
      publisher: { '@id': oneOf(data, 'Organization')['@id'] },
      potentialAction: { '@type': 'SearchAction', 'query-input': 'required name=search_term_string' },
    });
    const { target } = site['potentialAction'] as { target: { urlTemplate: string } };
    const { title } = goods.plain();
    await page.goto(target.urlTemplate.replace('{search_term_string}', encodeURIComponent(title)));
    await expect(page.getByRole('link', { name: title, exact: true })).not.toHaveCount(0);
  });
});

test('a list names its products in their order', async ({ page }) => {
  const html = (await (await page.goto('/search?q=lamp'))?.text()) ?? '';
  const items = oneOf(linkedDataOf(html), 'ItemList')['itemListElement'] as Thing[];
  const shown = page.getByRole('region', { name: 'Results' }).getByRole('article').getByRole('heading');
  await expect(shown).toHaveText(items.map(({ name }) => `${name as string}`));
  for (const { url } of items) expect((await page.request.get(url as string)).status()).toBe(200);
});

test('what is shared has a title, words and a picture', async ({ page, store, goods }) => {
  const product = goods.plain();
  await page.goto(product.path);
  const meta = (name: string) => page.locator(`meta[property="${name}"], meta[name="${name}"]`);
  await expect(meta('og:title')).toHaveAttribute('content', product.title);
  await expect(meta('og:type')).toHaveAttribute('content', 'product');
  await expect(meta('og:url')).toHaveAttribute('content', store.baseURL + product.path);
  await expect(meta('description')).toHaveAttribute('content', /\S.{20,}/);
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', store.baseURL + product.path);
  const picture = (await meta('og:image').getAttribute('content')) ?? '';
  expect((await page.request.get(picture)).headers()['content-type']).toMatch(/^image\//);
});

// What search engines read: https://schema.org, and what Google requires and recommends of it
// (https://developers.google.com/search/docs/appearance/structured-data).
import { reviewed } from './member';
import { linkedDataOf, sitemapPaths } from './goods';
import { type Product, expect, test } from './shopper';

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

/** A product: by itself, or with its variants as a group of products. */
function productIn(data: Thing[]): Thing {
  return oneOf(data, ofType(data, 'ProductGroup').length > 0 ? 'ProductGroup' : 'Product');
}

function variantsOf(product: Thing): Thing[] {
  return (product['hasVariant'] as Thing[] | undefined) ?? [];
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

      const product = productIn(data);
      expect(product).toMatchObject({ url: address, description: WORDS, category: WORDS });
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${product['name'] as string}`);
      if (known.brand !== undefined) expect(product['brand']).toEqual({ '@type': 'Brand', name: known.brand });

      const variants = variantsOf(product);
      const images = product['image'] as string[];
      expect(images.length).toBeGreaterThan(0);
      for (const image of new Set([...images, ...variants.map((variant) => variant['image'] as string)])) {
        const answer = await page.request.get(image);
        expect(answer.status(), image).toBe(200);
        expect(answer.headers()['content-type'], image).toMatch(/^image\//);
      }

      const soldBy = /^Sold by (.+)$/.exec(await page.getByText(/^Sold by /).innerText());
      const seller = soldBy?.[1] ?? '';
      if (known.offers.length === 1) {
        expect(product).toMatchObject({ '@type': 'Product', sku: WORDS, offers: offerOf(address, seller) });
      } else {
        expect(product).toMatchObject({ '@type': 'ProductGroup', productGroupID: WORDS });
        expect(variants).toHaveLength(known.offers.length);
        expect(new Set(variants.map(({ sku }) => sku)).size).toBe(variants.length);
        expect(new Set(variants.map(({ offers }) => (offers as Thing)['url'])).size).toBe(variants.length);
        for (const variant of variants) {
          expect(variant).toMatchObject({
            '@type': 'Product',
            name: expect.stringContaining(`${known.title}, `),
            sku: WORDS,
            offers: offerOf(expect.stringContaining(`${address}?sku=`), seller),
          });
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
      const product = productIn(linkedDataOf(html));
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

  test('has the reviews that its page shows', async ({ page, goods }) => {
    for (const { path } of goods.all) {
      const { review } = productIn(linkedDataOf(await (await page.request.get(path)).text()));
      if (review === undefined) continue;
      await page.goto(path);
      await expect(reviewed(page).getByRole('article')).not.toHaveCount(0);
      for (const one of review as Thing[]) {
        expect(one).toMatchObject({
          '@type': 'Review',
          author: { '@type': 'Person', name: WORDS },
          datePublished: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          reviewRating: { '@type': 'Rating', ratingValue: expect.stringMatching(/^[1-5]$/), bestRating: '5', worstRating: '1' },
        });
        const shown = reviewed(page).getByRole('article', { name: one['name'] as string, exact: true });
        const [paragraph = ''] = (one['reviewBody'] as string).split('\n');
        await expect(shown.filter({ hasText: paragraph })).not.toHaveCount(0);
      }
      return;
    }
    throw new Error('the store has no product with a review');
  });

  test('has the colour, size, material and pattern that its page tells', async ({ page, goods }) => {
    const PROPERTIES = { Colour: 'color', Size: 'size', Material: 'material', Pattern: 'pattern' };
    // A pattern is rare: it is compared where there is one.
    const sought = new Set(['Colour', 'Size', 'Material']);
    for (const { path } of goods.all) {
      if (sought.size === 0) break;
      const html = await (await page.request.get(path)).text();
      const facts = await page.evaluate((markup) => {
        const rows = new DOMParser().parseFromString(markup, 'text/html').querySelectorAll('.facts tr');
        return [...rows].map((row) => [...row.children].map(({ textContent }) => textContent ?? ''));
      }, html);
      const product = productIn(linkedDataOf(html));
      const varying: string[] = [];
      for (const [name, property] of Object.entries(PROPERTIES)) {
        const told = new Set([product, ...variantsOf(product)].flatMap((thing) => thing[property] ?? []));
        const shown = facts.find(([term]) => term === name)?.[1];
        expect([...told].join(', '), `${name} of ${path}`).toBe(shown ?? '');
        if (shown !== undefined) sought.delete(name);
        if (told.size > 1) varying.push(`https://schema.org/${property}`);
      }
      expect(product['variesBy'] ?? [], path).toEqual(varying);
    }
    expect([...sought]).toEqual([]);
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
        returnFees: 'https://schema.org/ReturnFeesCustomerResponsibility',
        itemDefectReturnFees: 'https://schema.org/FreeReturn',
      },
    });
    // What several offers share is said by the first and named by the others.
    type Offered = { shippingDetails: Thing[]; hasMerchantReturnPolicy: Thing };
    const variants = variantsOf(productIn(linkedDataOf(await (await request.get(goods.coloured().path)).text())));
    const said = new Map<unknown, Thing>();
    for (const { shippingDetails, hasMerchantReturnPolicy } of variants.map(({ offers }) => offers as Offered)) {
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
      const product = productIn(linkedDataOf(await (await request.get(path)).text()));
      for (const { gtin } of [product, ...variantsOf(product)]) if (typeof gtin === 'string') numbers.push(gtin);
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
  test('are the ones on the page, and lead there', async ({ page, store, goods, isMobile }) => {
    const category = (await sitemapPaths(store.baseURL)).find((path) => path.split('/').length > 3) ?? '';
    for (const path of [goods.plain().path, category, '/help/delivery', '/cart']) {
      const html = (await (await page.goto(path))?.text()) ?? '';
      const items = oneOf(linkedDataOf(html), 'BreadcrumbList')['itemListElement'] as Thing[];
      const shown = page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('listitem');
      // A phone has room for the way back alone.
      const names = items.map(({ name }) => `${name as string}`);
      await expect(shown).toHaveText(isMobile ? names.slice(-2, -1) : names);
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

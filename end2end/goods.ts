// What there is to buy in a store, as its own pages say.

import { expect } from './store';

/** One variant of a product, as its page offers it. */
export type Offer = {
  sku: string;
  /** Its address: the product's own, with the choice where there is one. */
  path: string;
  /** The chosen values, such as `Forest, M`; empty where there is nothing to choose. */
  label: string;
  pricePence: number;
  inStock: boolean;
};

export type Product = {
  title: string;
  path: string;
  brand: string | undefined;
  /** The names of the categories above it, the top first. */
  categories: string[];
  /** The first variant. */
  first: Offer;
  offers: Offer[];
  hasColours: boolean;
  /** The shopper must choose what fits. */
  asksForSize: boolean;
  /** What the page says is left of the first variant; `undefined` where it says no number. */
  unitsLeft: number | undefined;
  /** The SKUs of what is in it, where it is a bundle. */
  parts: string[];
};

/** The first of its kind, or the one at a place; a test fails where the store has none. */
type Choose<T> = (place?: number) => T;

/** What the store of this worker sells, by what a test needs of it. */
export type Goods = {
  all: Product[];
  /** Nothing to choose, and plenty in stock. */
  plain: Choose<Product>;
  /** Nothing to choose, and only a few left. */
  scarce: Choose<Product>;
  /** Nothing to choose, and none left. */
  soldOut: Choose<Product>;
  /** Several colours, and every variant in stock. */
  coloured: Choose<Product>;
  /** The first variant and a dearer one that differs in one choice are both in stock. */
  dearer: Choose<{ product: Product; variant: Offer }>;
  /** The first variant and one of its price that differs in one choice are both in stock; the last product first. */
  exchangeable: Choose<{ product: Product; variant: Offer }>;
  /** The first variant is in stock, and one that differs in one choice is sold out. */
  partlySoldOut: Choose<{ product: Product; variant: Offer }>;
  /** Several colours in several sizes, and every variant in stock. */
  sized: Choose<Product>;
};

const READERS = 8;

/** Linked data that stands in a page. */
export function linkedDataOf(html: string): Record<string, unknown>[] {
  const scripts = html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs);
  return [...scripts].map(([, json]) => JSON.parse(json ?? '') as Record<string, unknown>);
}

/** The paths of a site map and of all that it lists. */
export async function sitemapPaths(baseURL: string): Promise<string[]> {
  const read = async (address: string) => {
    const answer = await fetch(address);
    expect(answer.status, address).toBe(200);
    return [...(await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location]) => location ?? '');
  };
  const pages = await Promise.all((await read(`${baseURL}/sitemap.xml`)).map(read));
  return pages.flat().map((address) => new URL(address).pathname);
}

/** Reads the page of every product that the site map lists. */
export async function takeStock(baseURL: string): Promise<Goods> {
  const paths = (await sitemapPaths(baseURL)).filter((path) => path.startsWith('/products/'));
  const all: Product[] = [];
  const reader = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const answer = await fetch(baseURL + path);
      expect(answer.status, path).toBe(200);
      all.push(productOf(await answer.text(), path));
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  all.sort((one, other) => one.path.localeCompare(other.path, 'en'));

  // What has a stock of its own, and last of it what others are made of: a test may sell it as a bundle itself.
  const ofBundles = new Set(all.flatMap(({ parts }) => parts));
  const single = all.filter(({ offers, parts }) => offers.length === 1 && parts.length === 0);
  single.sort((one, other) => Number(ofBundles.has(one.first.sku)) - Number(ofBundles.has(other.first.sku)));
  const several = all.filter(({ offers, first }) => offers.length > 1 && first.inStock);
  const withVariant = (fits: (first: Offer, other: Offer) => boolean) =>
    several.flatMap((product) => {
      const { first, offers } = product;
      const variant = offers.find((other) => other !== first && differInOneChoice(first, other) && fits(first, other));
      return variant ? [{ product, variant }] : [];
    });
  const choose =
    <T>(kind: string, fitting: T[]): Choose<T> =>
    (place = 0) => {
      const found = fitting[place];
      if (found === undefined) throw new Error(`the store has ${fitting.length} ${kind}, and none at place ${place}`);
      return found;
    };
  return {
    all,
    plain: choose(
      'plain products',
      single.filter(({ first, unitsLeft }) => first.inStock && unitsLeft === undefined),
    ),
    scarce: choose('scarce products', single.filter(({ unitsLeft }) => unitsLeft !== undefined)),
    soldOut: choose('sold-out products', single.filter(({ first }) => !first.inStock)),
    coloured: choose(
      'products in several colours',
      several.filter(({ hasColours, offers }) => hasColours && offers.every(({ inStock }) => inStock)),
    ),
    sized: choose(
      'products in colours and sizes',
      several.filter(({ asksForSize, hasColours, offers }) => asksForSize && hasColours && offers.every(({ inStock }) => inStock)),
    ),
    dearer: choose('dearer variants', withVariant((first, other) => other.inStock && other.pricePence > first.pricePence)),
    exchangeable: choose(
      'variants of one price',
      withVariant((first, other) => other.inStock && other.pricePence === first.pricePence).reverse(),
    ),
    partlySoldOut: choose('sold-out variants', withVariant((_, other) => !other.inStock)),
  };
}

/** Colour comes first in a label; a second colour would be a second choice. */
function differInOneChoice(one: Offer, other: Offer): boolean {
  const [first, ...rest] = one.label.split(', ');
  return rest.length === 0 || other.label.startsWith(`${first}, `);
}

function productOf(html: string, path: string): Product {
  type Sold = { sku: string; name: string; offers: { url: string; price: string; availability: string } };
  const data = linkedDataOf(html);
  const product = data.find((one) => one['@type'] === 'Product' || one['@type'] === 'ProductGroup') as
    | (Sold & { brand?: { name: string }; hasVariant?: Sold[] })
    | undefined;
  const trail = data.find((one) => one['@type'] === 'BreadcrumbList') as
    | { itemListElement: { name: string }[] }
    | undefined;
  if (!product || !trail) throw new Error(`${path} has no linked data of a product`);
  const offers = (product.hasVariant ?? [product]).map(({ sku, name, offers: { url, price, availability } }) => ({
    sku,
    path: new URL(url).pathname + new URL(url).search,
    // A variant is called as its product is, with what was chosen.
    label: name.slice(`${product.name}, `.length),
    pricePence: Math.round(Number(price) * 100),
    inStock: availability === 'https://schema.org/InStock',
  }));
  const [first] = offers;
  if (!first) throw new Error(`${path} offers nothing`);
  const unitsLeft = /Only (\d+) left in stock/.exec(html)?.[1];
  const inBundle = html.split('id="bundle-title"')[1]?.split('</section>')[0] ?? '';
  return {
    title: product.name,
    path,
    brand: product.brand?.name,
    categories: trail.itemListElement.slice(1, -1).map(({ name }) => name),
    first,
    offers,
    hasColours: /class="swatch[ "]/.test(html),
    asksForSize: html.includes('id="fit"'),
    unitsLeft: unitsLeft === undefined ? undefined : Number(unitsLeft),
    parts: [...inBundle.matchAll(/href="[^"]*\?sku=([^"&]+)/g)].map(([, sku]) => decodeURIComponent(sku ?? '')),
  };
}

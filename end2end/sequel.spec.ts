import { join } from 'node:path';
import { freshEmail, register } from './member';
import { AMELIA, buttonFor, buy, expect, type Goods, type Page, type Product, press, shelf, test } from './shopper';
import { axe, type Store } from './store';

// Six customers bought a bulb some days after a lamp, and four a shade.
test.use({
  demo: null,
  imports: [join(import.meta.dirname, 'sequel_products.csv')],
  orderImports: [join(import.meta.dirname, 'sequel_orders.csv')],
});

const NEXT = 'Often bought next';

function called(goods: Goods, title: string): Product {
  const found = goods.all.find((product) => product.title === title);
  if (found === undefined) throw new Error(`the store has no ${title}`);
  return found;
}

/** Buys something with an account of one's own. */
async function buyWithAccount(page: Page, store: Store, product: Product): Promise<void> {
  const email = freshEmail();
  await register(page, store, email);
  await buy(page, product, { ...AMELIA, email });
}

/** The card of a product among what is bought next. */
const next = (page: Page, { title }: Product) =>
  shelf(page, NEXT).getByRole('listitem').filter({ has: page.getByRole('link', { name: title, exact: true }) });

/** Opens the front page until an order is in the graph and says what comes next. */
async function ledOn(page: Page, product: Product): Promise<void> {
  await expect(async () => {
    await page.goto('/');
    await expect(next(page, product)).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test('who bought something is led on to what many bought afterwards, and is told why', { tag: '@no-script' }, async ({ page, goods, store }) => {
  const [lamp, bulb, shade] = [called(goods, 'Walnut desk lamp'), called(goods, 'Warm bulb'), called(goods, 'Linen shade')];
  await page.goto('/');
  await expect(shelf(page, NEXT)).toHaveCount(0);
  await buyWithAccount(page, store, lamp);
  await ledOn(page, bulb);
  await expect(next(page, shade), 'a few customers are not told about').toHaveCount(0);

  const reason = next(page, bulb).getByText('Often bought after Walnut desk lamp, by 6 customers.', { exact: true });
  await expect(reason).toBeHidden();
  await next(page, bulb).getByText('Why this?').click();
  await expect(reason).toBeVisible();
  await axe(page);
  await next(page, bulb).getByRole('link', { name: bulb.title, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(bulb.title);
});

test('what is bought next can be put away, fetched back and put into the cart', { tag: '@no-script' }, async ({ page, goods, store }) => {
  const [lamp, bulb] = [called(goods, 'Walnut desk lamp'), called(goods, 'Warm bulb')];
  await buyWithAccount(page, store, lamp);
  await ledOn(page, bulb);
  await next(page, bulb).getByRole('button', { name: `Not interested in ${bulb.title}`, exact: true }).click();
  await expect(page.getByText(`${bulb.title} will not be recommended to you any more.`)).toBeVisible();
  await expect(next(page, bulb)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(next(page, bulb)).toBeVisible();

  await press(buttonFor(shelf(page, NEXT), 'Add to cart', bulb.title));
  await page.goto('/cart');
  await page.goto('/');
  await expect(shelf(page, NEXT), 'it is in the cart').toHaveCount(0);
});

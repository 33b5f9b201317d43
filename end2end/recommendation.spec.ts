import { addToCart, buttonFor, expect, expectUnitsInCart, line, type Page, press, type Product, shelf, test } from './shopper';

const TOGETHER = 'Often bought together';
const GOES_WITH = 'Goes with your cart';

/** Two products with nothing to choose that many bought together. */
async function pair(page: Page, products: Product[]): Promise<[Product, Product]> {
  const single = products.filter(({ offers, first }) => offers.length === 1 && first.inStock);
  for (const product of single) {
    const html = await (await page.request.get(product.path)).text();
    const together = html.split(TOGETHER)[1]?.split('</section>')[0] ?? '';
    const other = single.find(({ path }) => together.includes(`"${path}"`));
    if (other) return [product, other];
  }
  throw new Error('no two products of the store were bought together');
}

test('a product shows what is bought with it, and why', { tag: '@no-script' }, async ({ page, goods }) => {
  const [product] = await pair(page, goods.all);
  await page.goto(product.path);
  const together = shelf(page, TOGETHER);
  const first = together.getByRole('listitem').first();
  const reason = first.getByText(/^Bought together with .+ in \d+ orders\.$/);
  await expect(reason).toBeHidden();
  await first.getByText('Why this?').click();
  await expect(reason).toBeVisible();
  await expect(reason).toContainText(product.title);

  const title = await first.getByRole('heading').innerText();
  await expect(together.getByRole('link', { name: product.title, exact: true })).toHaveCount(0);
  await first.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('what is often bought together comes into the cart at once', { tag: '@no-script' }, async ({ page, goods }) => {
  const [product] = await pair(page, goods.all);
  await page.goto(product.path);
  const all = page.getByRole('button', { name: /^Add (both|all \d+) to cart$/ });
  const count = Number(/\d+/.exec(await all.innerText())?.[0] ?? 2);
  await all.click();
  await expect(page).toHaveURL(new RegExp(`/cart\\?together=${count}$`));
  await expectUnitsInCart(page, count);
  await expect(line(page, product).first()).toBeVisible();
});

test('a cart shows what goes with it until that is in it', { tag: '@no-script' }, async ({ page, goods }) => {
  const [product, other] = await pair(page, goods.all);
  await addToCart(page, product);
  await page.goto('/cart');
  const goesWith = shelf(page, GOES_WITH);
  const link = (to: Product) => goesWith.getByRole('link', { name: to.title, exact: true });
  await expect(link(other)).toBeVisible();
  await expect(link(product)).toHaveCount(0);
  await press(buttonFor(goesWith, 'Add to cart', other.title));
  await expectUnitsInCart(page, 2);
  await page.goto('/cart');
  await expect(line(page, other)).toBeVisible();
  await expect(link(other)).toHaveCount(0);
});

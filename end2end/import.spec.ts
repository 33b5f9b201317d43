import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { add, addButton, buttonFor, cards, chooseCategory, expect, expectUnitsInCart, type Page, press, test } from './shopper';
import { cartograph, serve } from './store';

// The store of the worker stays empty: these tests open stores of their own.
test.use({ demo: null });

const columns = ['id', 'title', 'description', 'availability', 'price', 'sale_price', 'brand', 'item_group_id', 'color', 'product_type', 'quantity'];
const tsv = (...rows: Record<string, string>[]) =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map((cells) => `${cells.join('\t')}\n`).join('');
const mug = { availability: 'in_stock', brand: 'Tideline', item_group_id: 'MUG', product_type: 'Kitchen > Mugs', quantity: '40' };
const lamp = {
  id: 'LAMP-1',
  title: 'Harbour lamp "No. 5" &amp; shade <3',
  description: 'Warm light &amp; a linen shade',
  availability: 'in_stock',
  price: '45.00 GBP',
  product_type: 'Home > Lighting',
  quantity: '12',
};
const first = tsv(
  { ...mug, id: 'MUG-R', title: 'Tideline mug - red', color: 'Red', price: '8.50 GBP' },
  { ...mug, id: 'MUG-B', title: 'Tideline mug - blue', color: 'Blue', price: '9.00 GBP' },
  lamp,
  { id: 'BAD-1', title: 'Given away', availability: 'in_stock', price: '-3.00 GBP' },
  { id: 'BAD-2', title: '', availability: 'in_stock', price: '3.00 GBP' },
  { id: 'BAD-3', title: 'Perhaps there', availability: 'who knows', price: '3.00 GBP' },
);
const second = tsv(
  { ...lamp, title: 'Lighthouse lamp', price: '50.00 GBP', sale_price: '40.00 GBP' },
  { ...mug, id: 'MUG-R', title: 'Tideline mug - red', color: 'Red', price: '8.50 GBP', availability: 'out_of_stock' },
  { ...mug, id: 'MUG-B', title: 'Tideline mug - blue', color: 'Blue', price: '9.00 GBP' },
);

test('a feed becomes a store, refuses its bad rows one by one, and can be imported again', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'cartograph-feed-'));
  const data = join(folder, 'data');
  const bring = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content);
    return cartograph(folder, 'import', 'products', name, '--data', data);
  };
  let open: Awaited<ReturnType<typeof serve>> | undefined;
  try {
    const said = await bring('first.tsv.gz', gzipSync(first));
    expect(said).toContain('6 rows read: 2 products with 3 variants written, 3 rows rejected');
    const report = await readFile(join(folder, 'import-report-first.tsv.gz.csv'), 'utf8');
    const [header, ...rejected] = report.trim().split('\n');
    expect(header).toBe('line,field,value,reason');
    expect(rejected).toEqual([
      expect.stringMatching(/^5,price,-3\.00 GBP,\S+/),
      expect.stringMatching(/^6,title,,\S+/),
      expect.stringMatching(/^7,availability,who knows,.*in_stock/),
    ]);

    open = await serve(data);
    await page.goto(open.baseURL);
    await chooseCategory(page, 'Mugs');
    await cards(page).getByRole('link', { name: 'Tideline mug', exact: true }).click();
    await press(page.getByRole('group', { name: /^Colour: / }).getByRole('link', { name: 'Blue' }));
    await expect(page.getByRole('article', { name: 'Tideline mug' })).toContainText('£9.00');
    await add(page);
    await expectUnitsInCart(page, 1);
    await page.goto(`${open.baseURL}/search?q=harbour`);
    await cards(page).getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Harbour lamp "No\. 5" & shade <3$/);
    await expect(page.getByRole('main')).toContainText('Warm light & a linen shade');
    const old = new URL(page.url()).pathname;
    await add(page);
    await expectUnitsInCart(page, 2);
    await leave(page);
    await open.stop();
    open = undefined;

    expect(await bring('second.tsv', second)).toContain('3 rows read: 2 products with 3 variants written');
    open = await serve(data);
    // The cart is still there, with the prices of today.
    await page.goto(`${open.baseURL}/cart`);
    const items = page.getByRole('region', { name: 'Items in your cart' }).getByRole('listitem');
    await expect(items.filter({ hasText: 'Lighthouse lamp' })).toContainText('£40.00');
    await expect(items.filter({ hasText: 'Tideline mug' })).toContainText('£9.00');
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Where should it go?');
    await page.goto(`${open.baseURL}${old}`);
    await expect(page).toHaveURL(`${open.baseURL}/products/lighthouse-lamp`);
    const moved = await page.request.get(open.baseURL + old, { maxRedirects: 0 });
    expect(moved.status()).toBe(301);
    await expect(page.getByRole('main')).toContainText('£50.00');
    await expect(page.getByRole('main')).toContainText('Save 20%');
    await page.goto(`${open.baseURL}/search?q=mug`);
    await cards(page).getByRole('link', { name: 'Tideline mug', exact: true }).click();
    const colours = page.getByRole('group', { name: /^Colour: / });
    await press(colours.getByRole('link', { name: 'Blue' }));
    await expect(addButton(page)).toBeEnabled();
    await expect(colours.getByRole('link', { name: 'Red' })).toContainText('sold out');
    await press(colours.getByRole('link', { name: 'Red' }));
    await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  } finally {
    await leave(page);
    await open?.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** An open page listens to the store, and would complain of one that went away. */
async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
}

test('a feed may be RSS, and carts outlive a restart', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'cartograph-rss-'));
  const data = join(folder, 'data');
  const item = (id: string, title: string, price: string) =>
    `<item><g:id>${id}</g:id><title>${title}</title><g:price>${price}</g:price>` +
    '<g:availability>in stock</g:availability><g:product_type>Garden &gt; Tools</g:product_type></item>';
  const feed =
    '<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>' +
    `${item('SPADE', 'Ash spade', '32.00 GBP')}${item('FORK', '<![CDATA[Fork & rake]]>', '28.50 GBP')}</channel></rss>`;
  let open: Awaited<ReturnType<typeof serve>> | undefined;
  try {
    await writeFile(join(folder, 'feed.xml'), feed);
    expect(await cartograph(folder, 'import', 'products', 'feed.xml', '--data', data)).toContain('2 products');
    open = await serve(data);
    await page.goto(open.baseURL);
    await chooseCategory(page, 'Tools');
    await press(buttonFor(page, 'Add to cart', 'Fork & rake'));
    await expectUnitsInCart(page, 1);
    await page.goto(`${open.baseURL}/cart`);
    await leave(page);
    await open.stop();

    open = await serve(data);
    await page.goto(`${open.baseURL}/cart`);
    await expect(page.getByRole('region', { name: 'Items in your cart' })).toContainText('Fork & rake');
    expect(open.log()).not.toContain('panicked');
  } finally {
    await leave(page);
    await open?.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('an empty store says how it is filled', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cartograph has no products yet');
  for (const command of ['cartograph import products FILE --data mine', 'make run DATA=mine', 'cartograph demo']) {
    await expect(page.getByRole('main').getByText(command, { exact: true })).toBeVisible();
  }
  await page.goto('/search?q=lamp');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing found for “lamp”');
});

import {
  type Goods,
  buttonFor,
  cards,
  chooseCategory,
  countOfResults,
  everyCard,
  expect,
  expectUnitsInCart,
  openFilters,
  pence,
  press,
  sortBy,
  test,
} from './shopper';

/** The top category with the most products. */
function fullestCategory(goods: Goods): string {
  const counts = new Map<string, number>();
  for (const { categories } of goods.all) {
    const top = categories[0] ?? '';
    counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  const [fullest] = [...counts].sort(([, one], [, other]) => other - one);
  return fullest?.[0] ?? '';
}

test('narrows by brand, price and stock, and takes each back', { tag: '@no-script' }, async ({ page, goods, isMobile }) => {
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  const whole = await countOfResults(page);

  const brand = (await openFilters(page, isMobile)).getByRole('group').filter({ hasText: /^Brand/ }).getByRole('link').first();
  const [, name = '', units] = /^(.+?)\W+(\d+) items?$/.exec((await brand.innerText()).replaceAll('\n', ' ')) ?? [];
  await brand.click();
  const applied = page.getByRole('list', { name: 'Applied filters' });
  await expect(applied.getByRole('link', { name })).toBeVisible();
  expect(await countOfResults(page)).toBe(Number(units));
  for (const card of await everyCard(page)) await expect(card).toContainText(name);

  await openFilters(page, isMobile);
  await page.getByLabel('From, £').fill('15');
  await page.getByLabel('To, £').fill('60.50');
  await page.getByRole('button', { name: 'Apply price' }).click();
  await expect(page).toHaveURL(/brand=.+price-from=15&price-to=60\.50$/);
  await expect(applied.getByRole('link', { name: /£15\.00/ })).toBeVisible();

  await openFilters(page, isMobile);
  await page.getByRole('link', { name: 'Available to order' }).click();
  await expect(page).toHaveURL(/in-stock=yes/);
  for (const card of await everyCard(page)) {
    await expect(card).not.toContainText('Sold out');
    const price = pence(await card.innerText());
    expect(price).toBeGreaterThanOrEqual(15_00);
    expect(price).toBeLessThanOrEqual(60_50);
  }

  await applied.getByRole('link', { name }).click();
  await expect(page).not.toHaveURL(/brand=/);
  await applied.getByRole('link', { name: 'Clear all' }).click();
  await expect(page).toHaveURL(({ search }) => search === '');
  expect(await countOfResults(page)).toBe(whole);
});

test('says so when nothing fits, and leads back', async ({ page, goods }) => {
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  await page.goto(`${page.url()}?price-from=99999`);
  await expect(page.getByRole('main')).toContainText('Nothing here fits all of these filters.');
  await page.getByRole('link', { name: 'Clear all filters' }).click();
  await expect(cards(page)).not.toHaveCount(0);
});

test('sorts by price in both directions', { tag: '@no-script' }, async ({ page, goods }) => {
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  const sortedBy = async (order: string) => {
    await sortBy(page, order);
    await expect(page.getByLabel('Sort by').getByRole('option', { name: order })).toHaveJSProperty('selected', true);
    return (await cards(page).allInnerTexts()).map(pence);
  };
  const up = await sortedBy('Price: low to high');
  expect(up.length).toBeGreaterThan(1);
  expect(up).toEqual([...up].sort((one, other) => one - other));
  const down = await sortedBy('Price: high to low');
  expect(down).toEqual([...down].sort((one, other) => other - one));
  expect(Math.max(...down)).toBeGreaterThanOrEqual(Math.max(...up));
});

test('has pages with addresses of their own', async ({ page, goods }) => {
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  const first = page.url();
  const count = await countOfResults(page);
  const titles = () => cards(page).getByRole('heading').allInnerTexts();
  const onFirst = await titles();
  const pages = page.getByRole('navigation', { name: 'Pages of results' });
  await pages.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(`${first}?page=2`);
  await expect(page).toHaveTitle(/page 2/);
  await expect(pages.getByRole('link', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page');
  await page.waitForLoadState();
  const onSecond = await titles();
  expect(onFirst.length + onSecond.length).toBe(count);
  expect(onSecond.filter((title) => onFirst.includes(title))).toEqual([]);
  await pages.getByRole('link', { name: 'Previous' }).click();
  await expect(page).toHaveURL(first);
});

test('has one address for each list', async ({ page, request, goods }) => {
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  const { pathname } = new URL(page.url());
  const ask = async (address: string) => {
    const answer = await request.get(address, { maxRedirects: 0 });
    return [answer.status(), answer.headers()['location']];
  };
  const moved = { '/': '', '?page=1': '', '?sort=featured': '', '?who=knows': '', '?page=2&sort=price-up': '?sort=price-up&page=2' };
  for (const [asked, right] of Object.entries(moved)) {
    expect(await ask(pathname + asked), asked).toEqual([301, pathname + right]);
  }
  expect((await ask(`${pathname}?page=9999`))[0]).toBe(404);
  const canonical = async (query: string) => {
    await page.goto(pathname + query);
    return page.locator('link[rel=canonical]').getAttribute('href');
  };
  expect(await canonical('?page=2')).toBe(`${new URL(page.url()).origin}${pathname}?page=2`);
});

test('is at the same place when the shopper comes back', async ({ page, goods }) => {
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  const list = page.url();
  const card = cards(page).last().getByRole('heading').getByRole('link');
  await card.scrollIntoViewIfNeeded();
  const scrolled = () => page.evaluate(() => Math.round(scrollY));
  const before = await scrolled();
  expect(before).toBeGreaterThan(0);
  await card.click();
  await page.waitForURL(/\/products\//);
  await page.goBack();
  await expect(page).toHaveURL(list);
  await expect.poll(async () => Math.abs((await scrolled()) - before)).toBeLessThan(100);
});

test('lets a card add its product', async ({ page, goods }) => {
  const product = goods.plain();
  await page.goto(`/search?q=${encodeURIComponent(product.title)}`);
  await press(buttonFor(page, 'Add to cart', product.title).first());
  await expectUnitsInCart(page, 1);
  await expect(page.getByRole('heading', { name: 'Added to your cart' })).toBeVisible();
});

test('keeps filters and order in reach of the thumb on phones, and what was chosen in one line', async ({ page, goods, isMobile }) => {
  test.skip(!isMobile, 'wide screens have room beside and above the products');
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  await page.goto(`${page.url()}?price-from=1&price-to=9999&in-stock=yes&stars=1`);
  const orders = page.getByLabel('Sort by');
  await cards(page).last().scrollIntoViewIfNeeded();
  await expect(orders).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Filters', exact: true })).toBeInViewport({ ratio: 1 });
  const lower = await orders.evaluate((control) => control.getBoundingClientRect().top / innerHeight);
  expect(lower).toBeGreaterThan(0.5);

  const chips = page.getByRole('list', { name: 'Applied filters' }).getByRole('link');
  expect(await chips.count()).toBeGreaterThan(3);
  const tops = await chips.evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().top)));
  expect(new Set(tops).size).toBe(1);
});

test('shows its filters as a sheet on phones', async ({ page, goods, isMobile }) => {
  await page.goto('/');
  await chooseCategory(page, fullestCategory(goods));
  const open = page.getByRole('button', { name: 'Filters', exact: true });
  if (!isMobile) {
    await expect(open).toBeHidden();
    return;
  }
  const filters = await openFilters(page, isMobile);
  expect((await filters.boundingBox())?.height).toBeGreaterThanOrEqual(page.viewportSize()?.height ?? 0);
  await page.keyboard.press('Escape');
  await expect(filters).toBeHidden();
  await open.click();
  await filters.getByRole('button', { name: 'Close filters' }).click();
  await expect(filters).toBeHidden();
});

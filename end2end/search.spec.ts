import { cards, countOfResults, expect, openFilters, sortBy, test } from './shopper';

test('finds a product by its words, in any case and from any page', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain(1);
  for (const [from, words] of [
    ['/', product.title],
    [goods.soldOut().path, product.title.toUpperCase()],
    ['/help', `  ${product.title.split(' ').reverse().join('   ')} `],
  ] as const) {
    await page.goto(from);
    const box = page.getByRole('banner').getByRole('searchbox', { name: 'Search the store' });
    await box.fill(words);
    await box.press('Enter');
    await expect(page).toHaveURL(/\/search\?q=/);
    await expect(cards(page).getByRole('link', { name: product.title, exact: true })).not.toHaveCount(0);
    await expect(page).toHaveTitle(/^Results for “/);
  }
  await cards(page).getByRole('link', { name: product.title, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title);
});

test('finds word forms, and all that fits', async ({ page, goods }) => {
  const search = async (words: string) => {
    await page.goto(`/search?q=${encodeURIComponent(words)}`);
    return countOfResults(page);
  };
  const lamps = goods.all.filter(({ title }) => /\blamp\b/i.test(title)).length;
  expect(lamps).toBeGreaterThan(0);
  expect(await search('lamp')).toBeGreaterThanOrEqual(lamps);
  expect(await search('lamps')).toBe(await search('lamp'));
});

test('narrows what was found and keeps the words', { tag: '@no-script' }, async ({ page, isMobile }) => {
  await page.goto('/search?q=lamp');
  const whole = await countOfResults(page);
  await sortBy(page, 'Price: low to high');
  await expect(page).toHaveURL('/search?q=lamp&sort=price-up');
  const brands = (await openFilters(page, isMobile)).getByRole('group').filter({ hasText: /^Brand/ });
  await brands.getByRole('link').first().click();
  await expect(page).toHaveURL(/\?q=lamp&brand=.+&sort=price-up$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Results for “lamp”');
  expect(await countOfResults(page)).toBeLessThan(whole);
  await page.getByRole('link', { name: 'Clear all' }).click();
  await expect(page).toHaveURL('/search?q=lamp&sort=price-up');
});

test('says when nothing was found, and leads on', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=zyxwvut');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing found for “zyxwvut”');
  const again = page.getByRole('main').getByRole('searchbox');
  await expect(again).toHaveValue('zyxwvut');
  await again.fill('lamp');
  await again.press('Enter');
  await expect(cards(page)).not.toHaveCount(0);
  await page.goBack();
  await page.getByRole('region', { name: 'Shop by category' }).getByRole('link').first().click();
  await expect(cards(page)).not.toHaveCount(0);
});

test('asks for words when there are none', async ({ page }) => {
  for (const path of ['/search', '/search?q=', '/search?q=%20%20']) {
    expect((await page.goto(path))?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What are you looking for?');
  }
});

test('takes any text as words', { tag: '@no-script' }, async ({ page }) => {
  page.on('dialog', (dialog) => {
    throw new Error(`a script in the words ran: ${dialog.message()}`);
  });
  const words = ['</title><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' OR 1=1 --", '{{7*7}} ${7*7} %s', '😀 ½ Ünï', '@0@ AND *'];
  for (const text of words) {
    const answer = await page.goto(`/search?q=${encodeURIComponent(text)}`);
    expect(answer?.status(), text).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`“${text}”`);
    await expect(page).toHaveTitle(new RegExp('“'));
    expect((await page.title()).includes(text), text).toBe(true);
  }
  const endless = await page.goto(`/search?q=${'long '.repeat(1000)}`);
  expect(endless?.status()).toBe(200);
  expect((await page.getByRole('heading', { level: 1 }).innerText()).length).toBeLessThan(300);
});

test.describe('an address that can not be read', () => {
  test.use({ expectedConsole: [/status of 400/] });

  test('is told in words', async ({ page }) => {
    for (const path of ['/search?q=%FF%FE', '/products/%C3%28', '/c/%ff']) {
      expect((await page.goto(path))?.status(), path).toBe(400);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText("We can't read that address");
      await page.getByRole('link', { name: 'Go to the front page' }).click();
      await expect(page).toHaveURL('/');
    }
  });
});

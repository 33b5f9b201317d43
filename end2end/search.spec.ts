import { signInAsOperator } from './member';
import { axe } from './store';
import {
  awake,
  cards,
  countOfResults,
  everyCard,
  expect,
  openFilters,
  type Page,
  pence,
  searchBox,
  sortBy,
  test,
} from './shopper';

function addressOfCards(page: Page): Promise<string[]> {
  return cards(page)
    .getByRole('heading')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
}

test('finds a product by its words, in any case and from any page', { tag: '@no-script' }, async ({ page, goods }) => {
  const product = goods.plain(1);
  for (const [from, words] of [
    ['/', product.title],
    [goods.soldOut().path, product.title.toUpperCase()],
    ['/help', `  ${product.title.split(' ').reverse().join('   ')} `],
  ] as const) {
    await page.goto(from);
    const box = searchBox(page);
    await expect(box).toHaveAccessibleName('Search the store');
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

test('sorts what was found by its price', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=lamp');
  for (const [order, sign] of [['Price: low to high', 1], ['Price: high to low', -1]] as const) {
    await sortBy(page, order);
    const prices = (await cards(page).allInnerTexts()).map(pence);
    expect(prices.length).toBeGreaterThan(1);
    expect(prices, order).toEqual([...prices].sort((one, other) => sign * (one - other)));
  }
});

test('counts what each filter would show', { tag: '@no-script' }, async ({ page, isMobile }) => {
  await page.goto('/search?q=lamp');
  const whole = await countOfResults(page);
  for (const facet of ['Brand', 'Category', 'Price', 'Rating', 'Availability', 'Delivery']) {
    const filters = await openFilters(page, isMobile);
    const link = filters.getByRole('group').filter({ hasText: new RegExp(`^${facet}`) }).getByRole('link').first();
    const promised = Number(/([\d,]+) items$/.exec(await link.innerText().then((text) => text.replaceAll('\n', ' ')))?.[1]?.replaceAll(',', ''));
    await link.click();
    await expect(page, facet).not.toHaveURL('/search?q=lamp');
    expect(await countOfResults(page), facet).toBe(promised);
    expect(promised).toBeLessThanOrEqual(whole);
    await page.waitForLoadState();
    await page.goBack();
    await expect(page).toHaveURL('/search?q=lamp');
  }
});

test('adds a second brand to the first, and takes both away by their chips', { tag: '@no-script' }, async ({ page, isMobile }) => {
  await page.goto('/search?q=lamp');
  const brand = async (place: number) => {
    const filters = await openFilters(page, isMobile);
    return filters.getByRole('group').filter({ hasText: /^Brand/ }).getByRole('link').nth(place);
  };
  await (await brand(0)).click();
  await expect(page).toHaveURL(/brand=/);
  const one = await countOfResults(page);
  await (await brand(1)).click();
  await expect(page).toHaveURL(/brand=.+&brand=/);
  expect(await countOfResults(page)).toBeGreaterThan(one);
  const chips = page.getByRole('list', { name: 'Applied filters' }).getByRole('link', { name: /, remove$/ });
  await expect(chips).toHaveCount(2);
  await chips.first().click();
  await expect(chips).toHaveCount(1);
  await chips.first().click();
  await expect(page).toHaveURL('/search?q=lamp');
});

test('shows all values of a facet, and keeps what was chosen there', { tag: '@no-script' }, async ({ page, isMobile }) => {
  // Everything in the store.
  await page.goto('/search?q=over%201');
  const filters = await openFilters(page, isMobile);
  await filters.getByRole('link', { name: /^Show all \d+ values of Brand$/ }).click();
  await expect(page).toHaveURL(/all=brand$/);
  const values = page.getByRole('region', { name: 'Values' }).getByRole('listitem').getByRole('link');
  expect(await values.count()).toBeGreaterThan(12);
  const last = values.last();
  const [, units] = /(\d+) items?$/.exec((await last.innerText()).replaceAll('\n', ' ')) ?? [];
  await last.click();
  await expect(page).toHaveURL(/brand=.+&all=brand$/);
  await page.getByRole('region', { name: 'Values' }).getByRole('link', { name: /^Show \d+ items?$/ }).click();
  await expect(page).not.toHaveURL(/all=/);
  expect(await countOfResults(page)).toBe(Number(units));
});

test('finds a value by typing', async ({ page }) => {
  await page.goto('/search?q=over%201&all=brand');
  const values = page.getByRole('region', { name: 'Values' }).getByRole('listitem').getByRole('link');
  const whole = await values.count();
  const field = page.getByLabel('Find in “Brand”');
  await awake(field);
  const name = (await values.last().innerText()).split('\n')[0] ?? '';
  await field.fill(name);
  await expect(values.last()).toContainText(name);
  expect(await values.count()).toBeLessThan(whole);
  await axe(page);
});

test('narrows to free delivery and to a seller, and takes both away', { tag: '@no-script' }, async ({ page, isMobile }) => {
  // Everything in the store.
  await page.goto('/search?q=over%201');
  const whole = await countOfResults(page);
  const choose = async (facet: RegExp, name: RegExp) => {
    const group = (await openFilters(page, isMobile)).getByRole('group').filter({ hasText: facet });
    const link = group.getByRole('link', { name });
    if (!(await link.isVisible())) await group.locator('summary').click();
    const promised = Number(/, ([\d,]+) items/.exec((await link.innerText()).replaceAll('\n', ' '))?.[1]?.replaceAll(',', ''));
    await link.click();
    return promised;
  };
  const delivered = await choose(/^Delivery/, /^Free delivery/);
  await expect(page).toHaveURL('/search?q=over%201&delivery=free');
  expect(await countOfResults(page)).toBe(delivered);
  expect(delivered).toBeLessThan(whole);
  for (const card of await everyCard(page)) expect(pence(await card.innerText())).toBeGreaterThanOrEqual(40_00);
  const sold = await choose(/^Sold by/, /^Cartograph/);
  await expect(page).toHaveURL('/search?q=over%201&seller=store&delivery=free');
  expect(await countOfResults(page)).toBe(sold);
  await cards(page).first().getByRole('heading').getByRole('link').click();
  await page.waitForURL(/\/products\//);
  await expect(page.getByText(/^Sold by/)).toHaveText('Sold by Cartograph');
  await page.goBack();
  const chip = (name: string) => page.getByRole('list', { name: 'Applied filters' }).getByRole('link', { name: new RegExp(`^${name} ?, remove$`) });
  await chip('Free delivery').click();
  await expect(page).toHaveURL('/search?q=over%201&seller=store');
  await chip('Sold by Cartograph').click();
  await expect(page).toHaveURL('/search?q=over%201');
  expect(await countOfResults(page)).toBe(whole);
});

test('narrows to a price by its slider', async ({ page, isMobile }) => {
  await page.goto('/search?q=lamp');
  const whole = await countOfResults(page);
  const filters = await openFilters(page, isMobile);
  const lowest = filters.getByRole('slider', { name: 'Lowest price' });
  await awake(lowest);
  await lowest.focus();
  await lowest.press('ArrowRight');
  await page.waitForURL(/[?&]price-from=/);
  expect(await countOfResults(page)).toBeLessThanOrEqual(whole);
  await expect(page.getByRole('list', { name: 'Applied filters' })).toContainText('From £');
});

test('shows a list instead of a grid, and keeps it', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=lamp');
  await page.getByRole('list', { name: 'Layout' }).getByRole('link', { name: 'List' }).click();
  await expect(page).toHaveURL('/search?q=lamp&view=list');
  await page.waitForLoadState();
  const [one, other] = await Promise.all([0, 1].map((place) => cards(page).nth(place).boundingBox()));
  expect(other?.y).toBeGreaterThan((one?.y ?? 0) + (one?.height ?? 0) - 1);
  expect(other?.x).toBe(one?.x);
  await sortBy(page, 'Price: low to high');
  await expect(page).toHaveURL('/search?q=lamp&view=list&sort=price-up');
});

test('reads on page by page, and finds its way back', { tag: '@no-script' }, async ({ page }) => {
  // Everything in the store, in the order of its prices.
  await page.goto('/search?q=over%201&sort=price-up');
  const whole = await countOfResults(page);
  const seen = new Set<string>();
  const pages = page.getByRole('navigation', { name: 'Pages of results' });
  const next = pages.getByRole('link', { name: /^Next/ });
  for (;;) {
    for (const address of await addressOfCards(page)) {
      expect(seen.has(address), `${address} stands on two pages`).toBe(false);
      seen.add(address);
    }
    if ((await next.count()) === 0) break;
    const here = page.url();
    await next.click();
    await page.waitForURL((url) => url.href !== here);
  }
  expect(seen.size).toBe(whole);
  const last = await addressOfCards(page);
  await cards(page).first().getByRole('heading').getByRole('link').click();
  await page.waitForURL(/\/products\//);
  await page.goBack();
  await expect.poll(() => addressOfCards(page)).toEqual(last);
  await pages.getByRole('link', { name: 'First results' }).click();
  await expect(page).toHaveURL('/search?q=over%201&sort=price-up');
});

test('says how it understood a search, and leaves parts of it out', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=lamp%20under%2050%20-floor');
  const parts = page.getByRole('list', { name: 'Understood as' }).getByRole('link');
  await expect(parts).toHaveText([/^Up to £50\.00/, /^Without floor/]);
  await parts.first().click();
  await expect(page).toHaveURL(/\?q=lamp%20-floor$/);
  await expect(parts).toHaveCount(1);
});

test('finds what was misspelt', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=lampp');
  const meant = page.getByRole('main').getByRole('link', { name: 'lamp', exact: true });
  // Either its results are here already, or one press away.
  if ((await meant.count()) > 0) await meant.click();
  await expect(cards(page).first()).toContainText(/lamp/i);
});

test('shows the nearest when nothing has all words', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=lamp%20zyxwvut');
  await expect(page.getByRole('main')).toContainText('These come nearest');
  await expect(cards(page).first()).toContainText(/lamp/i);
});

test('gives up a price that nothing fits, and says so', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=lamp%20under%200.01');
  await expect(page.getByRole('main')).toContainText('No such product fits “Up to £0.01”. These come nearest.');
  await expect(cards(page).first()).toContainText(/lamp/i);
});

test('shows those who run the store what people search for', async ({ page, anotherShopper, store }) => {
  await anotherShopper.goto('/search?q=lamp');
  const opened = cards(anotherShopper).first().getByRole('heading').getByRole('link');
  await opened.click();
  await expect(anotherShopper).toHaveURL(/\/products\//);
  await anotherShopper.goto('/search?q=zyxwvut');

  await signInAsOperator(page, store);
  await page.goto('/operator/searches');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Searches');
  const asked = page.getByRole('region', { name: 'Asked most' }).getByRole('row').filter({ has: page.getByRole('link', { name: 'lamp', exact: true }) });
  const unanswered = page.getByRole('region', { name: 'Without results' }).getByRole('link', { name: 'zyxwvut', exact: true });
  // What was counted is written down every few seconds.
  await expect(async () => {
    await page.reload();
    await expect(asked.getByRole('cell').nth(3)).not.toHaveText('0', { timeout: 1_000 });
    await expect(unanswered).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await axe(page);
  await page.getByRole('link', { name: '30 days' }).click();
  await expect(page).toHaveURL('/operator/searches?days=30');
  await asked.getByRole('link', { name: 'lamp', exact: true }).click();
  await page.getByRole('link', { name: 'Why this order?' }).click();
  await expect(page).toHaveURL('/search?q=lamp&explain=1');
  await expect(page.getByRole('group').filter({ hasText: 'Why this order' })).toContainText('words found');
});

test('says when nothing was found, and leads on', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/search?q=zyxwvut');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing found for “zyxwvut”');
  const again = page.getByRole('main').getByRole('searchbox');
  await expect(again).toHaveValue('zyxwvut');
  await again.fill('lamp');
  await again.press('Enter');
  await page.waitForURL(/\/search\?q=lamp$/);
  await expect(cards(page)).not.toHaveCount(0);
  await page.goBack();
  await page.getByRole('region', { name: 'Shop by category' }).getByRole('link').first().click();
  await expect(cards(page)).not.toHaveCount(0);
});

test('leads a question to the page that answers it', { tag: '@no-script' }, async ({ page }) => {
  const help = page.getByRole('navigation', { name: 'Looking for help?' });
  for (const [words, link, address] of [
    ['return policy', 'Returns and cancellation', '/help/returns'],
    ['track my order', 'Find my order', '/orders'],
    ['gift card', 'Payment and gift cards', '/help/payment'],
  ] as const) {
    await page.goto(`/search?q=${encodeURIComponent(words)}`);
    await help.getByRole('link', { name: link }).click();
    await expect(page).toHaveURL(address);
  }
  await page.goto('/search?q=lamp');
  await expect(cards(page)).not.toHaveCount(0);
  await expect(help).toHaveCount(0);
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
  for (const bytes of ['%FF%FE', 'lamp%FF']) expect((await page.goto(`/search?q=${bytes}`))?.status(), bytes).toBe(200);
  await expect(cards(page)).not.toHaveCount(0);
  const endless = await page.goto(`/search?q=${'long '.repeat(1000)}`);
  expect(endless?.status()).toBe(200);
  expect((await page.getByRole('heading', { level: 1 }).innerText()).length).toBeLessThan(300);
  await expect(page.getByRole('main')).toContainText('only its beginning counted');
});

test.describe('an address that can not be read', () => {
  test.use({ expectedConsole: [/status of 400/] });

  test('is told in words', async ({ page }) => {
    for (const path of ['/c/home?brand=%FF%FE', '/products/%C3%28', '/c/%ff']) {
      expect((await page.goto(path))?.status(), path).toBe(400);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText("We can't read that address");
      await page.getByRole('link', { name: 'Go to the front page' }).click();
      await expect(page).toHaveURL('/');
    }
  });
});

import { addToCart, expect, fillAddress, pence, test } from './shopper';

test('every topic answers, and names its place', { tag: '@no-script' }, async ({ page }) => {
  await page.goto('/help');
  const topics = page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link');
  const names = await topics.allInnerTexts();
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) {
    await page.goto('/help');
    await topics.filter({ hasText: name }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    const here = page.getByRole('navigation', { name: 'Help topics' }).getByRole('link', { name, exact: true });
    await expect(here).toHaveAttribute('aria-current', 'page');
    await expect.poll(async () => (await page.getByRole('article').innerText()).length).toBeGreaterThan(200);
  }
});

test('delivery costs what help says', async ({ page, goods }) => {
  await page.goto('/help/delivery');
  const home = page.getByRole('heading', { name: 'To the United Kingdom' }).locator('+ table');
  const said = async (option: string) => pence(await home.getByRole('row', { name: option }).innerText());
  const [standard, express] = [await said('Standard delivery'), await said('Express delivery')];
  const cheap = goods.all.find(({ offers, first }) => offers.length === 1 && first.inStock && first.pricePence < 40_00);
  if (!cheap) throw new Error('the store has nothing that is cheap and in stock');
  await addToCart(page, cheap);
  await page.goto('/checkout/address');
  await fillAddress(page);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  const asked = async (option: RegExp) => pence(await page.locator('label').filter({ hasText: option }).innerText());
  expect(await asked(/Standard/)).toBe(standard);
  expect(await asked(/Express/)).toBe(express);
});

import { PASSWORD, freshEmail, register } from './member';
import { expect, expectUnitsInCart, press, test } from './shopper';

test('a guest’s wish is on the list after the sign-in, and is shared by a link', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const email = freshEmail();
  const product = goods.plain(24);
  await register(page, store, email);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.goto(product.path);
  await page.getByRole('button', { name: 'Add to a list' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My list');
  await expect(page.getByRole('main')).toContainText(product.title);
  await page.getByLabel('Note about').fill('For the hall');
  await page.getByRole('button', { name: 'Keep note' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your note is kept.');
  await page.getByRole('button', { name: 'Share by a link' }).click();
  const link = page.getByRole('region', { name: 'Share it' }).getByRole('link');
  const address = new URL((await link.innerText()).trim()).pathname;

  await anotherShopper.goto(address);
  await expect(anotherShopper.getByRole('heading', { level: 1 })).toHaveText('My list');
  await expect(anotherShopper.getByRole('main')).toContainText('For the hall');
  await expect(anotherShopper.getByRole('main')).toContainText('A list of Amelia H.');
  await press(anotherShopper.getByRole('button', { name: /^Add to cart/ }));
  await expectUnitsInCart(anotherShopper, 1);

  await page.getByRole('button', { name: 'Take the link back' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('The link opens nothing any more.');
  expect((await anotherShopper.request.get(address)).status()).toBe(404);
  await page.getByRole('button', { name: /^Move to cart/ }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('It is in your cart.');
  await expectUnitsInCart(page, 1);
});

test('what is wished for is what was chosen', async ({ page, store, goods }) => {
  const product = goods.sized();
  await register(page, store, freshEmail());
  await page.goto(product.path);
  const colours = page.getByRole('main').getByRole('group', { name: /^\w+: / }).first();
  const other = colours.getByRole('link').filter({ hasNotText: /sold out|not in this combination/ }).nth(1);
  const colour = (await other.innerText()).trim();
  await press(other);
  await page.getByRole('button', { name: 'Add to a list' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('It is on your list.');
  // The size is still open: nobody is dressed in one that they did not choose.
  await page.getByRole('link', { name: 'Choose a size' }).click();
  await expect(page.getByRole('group', { name: new RegExp(`: ${colour}$`) })).toBeVisible();
  await expect(page.getByRole('group', { name: /not chosen yet$/ })).toBeVisible();
});

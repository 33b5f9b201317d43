import { readFile } from 'node:fs/promises';
import { PASSWORD, addAddress, askForLink, fillSignIn, freshEmail, linkFor, register, signIn } from './member';
import {
  AMELIA,
  CARDS,
  type Page,
  addToCart,
  buy,
  expect,
  expectUnitsInCart,
  fillCard,
  isDocument,
  line,
  placeOrder,
  quantityOf,
  test,
} from './shopper';
import { axe } from './store';

const headerLink = (page: Page, name: RegExp | string) => page.getByRole('banner').getByRole('link', { name });

test('a shopper opens an account, signs out and in again', { tag: '@no-script' }, async ({ page, store }) => {
  const email = freshEmail();
  await page.goto('/');
  await headerLink(page, 'Sign in').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.getByRole('link', { name: 'Open an account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open an account');
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText(`We sent a letter to ${email}`);
  await page.goto(await linkFor(store, email));
  await page.getByLabel('Your name').fill('Amelia Hart');
  await page.getByLabel('Password', { exact: true }).fill('password123');
  await page.getByRole('button', { name: 'Open account' }).click();
  // What was wrong is said beside its field; what was right stays.
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/one of the first passwords/);
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  await expect(page.getByLabel('Your name')).toHaveValue('Amelia Hart');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Open account' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your account is open');
  await expect(headerLink(page, /Your account: Amelia/)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(headerLink(page, 'Sign in')).toBeVisible();

  await signIn(page, email, 'not the right words');
  await expect(page.getByRole('alert')).toContainText("don't belong together");
  await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(email);
  expect(page.url()).not.toContain('example.org');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Good day, Amelia');
});

test('a forgotten password is replaced by a letter', { tag: '@no-script' }, async ({ page, store, anotherShopper }) => {
  const email = freshEmail();
  await register(page, store, email);
  await askForLink(anotherShopper, '/account/forgotten', email);
  await anotherShopper.goto(await linkFor(store, email));
  await anotherShopper.getByLabel('New password').fill('four other plain words');
  await anotherShopper.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(anotherShopper.getByRole('heading', { level: 1 })).toHaveText('Good day, Amelia');
  // Everybody else is signed out.
  await page.goto('/account/orders');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill('four other plain words');
  await page.getByRole('button', { name: 'Sign in' }).click();
  // And is led to where they wanted to go.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders');
});

test('two browsers end up with one cart', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const email = freshEmail();
  const [mine, both, theirs] = [goods.plain(20), goods.plain(21), goods.plain(22)];
  await register(page, store, email);
  await addToCart(page, mine);
  await addToCart(page, both, 2);
  await addToCart(anotherShopper, both);
  await addToCart(anotherShopper, theirs);
  await signIn(anotherShopper, email);
  await expectUnitsInCart(anotherShopper, 5);
  for (const shopper of [page, anotherShopper]) {
    await shopper.goto('/cart');
    await expect(quantityOf(shopper, mine)).toHaveValue('1');
    await expect(quantityOf(shopper, both)).toHaveValue('3');
    await expect(quantityOf(shopper, theirs)).toHaveValue('1');
  }
  await anotherShopper.goto('/account');
  await anotherShopper.getByRole('button', { name: 'Sign out' }).click();
  await expectUnitsInCart(anotherShopper, 0);
  await signIn(anotherShopper, email);
  await expectUnitsInCart(anotherShopper, 5);
});

test('a guest’s order is claimed, found in the history, and bought again', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const email = freshEmail();
  const product = goods.plain(23);
  const before = await buy(page, product, { ...AMELIA, email });
  const address = page.url();
  await register(page, store, email);
  await expect(page.getByRole('region', { name: 'Your last order' })).toContainText(before.number);
  await page.getByRole('main').getByRole('link', { name: /^Orders/ }).last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders');
  await page.getByRole('searchbox', { name: 'Search your orders' }).fill('nothing like it');
  await page.getByRole('button', { name: 'Search', exact: true }).last().click();
  await expect(page.getByRole('heading', { name: /^No order with/ })).toBeVisible();
  await page.getByRole('link', { name: 'Clear the search' }).click();
  await expect(page.getByRole('main')).toContainText(before.number);
  await page.getByRole('searchbox', { name: 'Search your orders' }).fill(product.title.split(' ')[0] ?? '');
  await page.getByRole('searchbox', { name: 'Search your orders' }).press('Enter');
  await expect(page.getByRole('main')).toContainText(before.number);
  await page.getByLabel('How far they are').selectOption('On their way');
  await page.getByRole('searchbox', { name: 'Search your orders' }).press('Enter');
  await expect(page).toHaveURL(/progress=open/);
  await expect(page.getByRole('main')).toContainText(before.number);
  await page.getByRole('button', { name: /^Buy again/ }).click();
  await expect(page).toHaveURL(/\/cart(\?|$)/);
  await expect(line(page, product)).toBeVisible();
  await page.goto('/account/orders');
  const invoice = await page.getByRole('link', { name: /^Invoice/ }).getAttribute('href');
  await isDocument(await page.request.get(invoice ?? ''));
  await page.getByRole('link', { name: /^Follow/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Arrives /);
  expect(page.url()).not.toContain('access=');
  // The address that a guest was given goes on working, for nobody has to sign in to follow a parcel.
  await page.context().clearCookies();
  expect((await page.goto(address))?.status()).toBe(200);
});

test('the checkout offers the address book', { tag: '@no-script' }, async ({ page, store, goods }) => {
  const email = freshEmail();
  await register(page, store, email);
  await page.goto('/account/addresses/new');
  await page.getByRole('textbox', { name: 'Postcode' }).fill('nonsense');
  await page.getByRole('button', { name: 'Save address' }).click();
  await expect(page.getByRole('textbox', { name: 'Postcode' })).toHaveAccessibleDescription(/must look like SW1A 1AA/);
  await expect(page.getByRole('textbox', { name: 'Postcode' })).toHaveValue('nonsense');
  await addAddress(page);
  await addToCart(page, goods.plain(24));
  await page.goto('/checkout/address');
  await axe(page);
  await page.getByRole('button', { name: /^Deliver here/ }).click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await fillCard(page, CARDS.pays);
  await page.getByRole('button', { name: 'Continue to review' }).click();
  await expect(page.getByRole('main')).toContainText(AMELIA.address);
  const { number } = await placeOrder(page);
  await expect(page.getByRole('link', { name: 'your orders' })).toBeVisible();
  await page.goto('/account/orders');
  await expect(page.getByRole('main')).toContainText(number);
});

test('a shopper moves to another address, which nobody else can give away', { tag: '@no-script' }, async ({ page, store, anotherShopper }) => {
  const [before, after] = [freshEmail(), freshEmail()];
  await register(page, store, before);
  await page.goto('/account/settings');
  const form = page.locator('form').filter({ has: page.getByLabel('New e-mail address') });
  await form.getByLabel('New e-mail address').fill(after);
  await form.getByLabel('Your password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText(`We sent a letter to ${after}.`);
  const link = await linkFor(store, after);
  // Whoever has the mailbox and another account gives it no address of theirs.
  await register(anotherShopper, store, freshEmail(), 'Eve Stone');
  await anotherShopper.goto(link);
  await anotherShopper.getByRole('button', { name: 'Confirm address' }).click();
  await expect(anotherShopper.getByRole('alert')).toContainText('Another account asked for this address');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(headerLink(page, 'Sign in')).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await fillSignIn(page, before);
  await expect(page.getByRole('main')).toContainText(`no longer by ${before}`);
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your e-mail address is changed.');
  await expect(page.getByRole('main')).toContainText(`You sign in with ${after}`);
  await anotherShopper.goto('/account');
  await anotherShopper.getByRole('button', { name: 'Sign out' }).click();
  await expect(headerLink(anotherShopper, 'Sign in')).toBeVisible();
  await signIn(anotherShopper, after);
  await expect(anotherShopper.getByRole('heading', { level: 1 })).toHaveText('Good day, Amelia');
});

test('a shopper sees where they are signed in, and ends it there', { tag: '@no-script' }, async ({ page, store, anotherShopper }) => {
  const email = freshEmail();
  await register(page, store, email);
  await signIn(anotherShopper, email);
  await expect(anotherShopper.getByRole('heading', { level: 1 })).toHaveText('Good day, Amelia');
  await page.goto('/account/sessions');
  await expect(page.getByRole('main').getByRole('button', { name: /^Sign out of / })).toHaveCount(2);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByRole('main').getByRole('button', { name: /^Sign out of / })).toHaveCount(1);
  await anotherShopper.goto('/account');
  await expect(anotherShopper.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});

test('a shopper takes the data along and removes the account', { tag: '@no-script' }, async ({ page, store }) => {
  const email = freshEmail();
  await register(page, store, email);
  await page.goto('/account/settings');
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download your data' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('account.json');
  const taken = JSON.parse(await readFile(await saved.path(), 'utf8')) as { account: { email: string } };
  expect(taken.account.email).toBe(email);
  expect((await page.request.get('/account/export')).headers()['cache-control']).toBe('no-store');
  await page.getByText('Remove your account').click();
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Remove my account for good' }) });
  await form.getByLabel('Your password').fill('not the right words');
  await form.getByRole('button').click();
  await expect(form.getByLabel('Your password')).toHaveAccessibleDescription(/not your password/);
  await form.getByLabel('Your password').fill(PASSWORD);
  await form.getByRole('button').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your account is removed.');
  await signIn(page, email);
  await expect(page.getByRole('alert')).toContainText("don't belong together");
});

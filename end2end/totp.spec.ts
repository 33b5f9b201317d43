import { readFile } from 'node:fs/promises';
import { PASSWORD, codeOf, freshEmail, register, signIn, signInAsOperator, turnCodesOn } from './member';
import { type Page, addToCart, expect, expectUnitsInCart, test } from './shopper';
import { axe } from './store';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const codes = (page: Page) => page.getByRole('region', { name: 'Codes of an app' });

async function typeCode(page: Page, code: string): Promise<void> {
  await expect(heading(page)).toHaveText('Your code');
  await page.getByLabel('Code of your app').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a shopper turns codes on, signs in with one, and turns them off', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const email = freshEmail();
  await register(page, store, email);
  await page.goto('/account/security');
  await axe(page);
  await expect(codes(page)).toContainText('Codes are off.');
  const { key, recovery } = await turnCodesOn(page);
  expect(new Set(recovery).size).toBe(10);
  await axe(page);
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await expect(codes(page)).toContainText('You have 10 recovery codes left.');
  // They are shown once.
  await page.goto('/account/security/codes');
  await expect(heading(page)).toHaveText('Passkeys and codes');

  await addToCart(anotherShopper, goods.plain(25), 2);
  await anotherShopper.goto('/account/orders');
  await anotherShopper.getByLabel('E-mail address', { exact: true }).fill(email);
  await anotherShopper.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await anotherShopper.getByRole('button', { name: 'Sign in', exact: true }).click();
  await typeCode(anotherShopper, '000000');
  await expect(anotherShopper.getByLabel('Code of your app')).toHaveAccessibleDescription(/not right/);
  await expect(anotherShopper.getByLabel('Code of your app')).toBeFocused();
  await axe(anotherShopper);
  await typeCode(anotherShopper, codeOf(key, 1));
  // They are where they wanted to go, and what they put into the cart came along.
  await expect(heading(anotherShopper)).toHaveText('Orders');
  await expectUnitsInCart(anotherShopper, 2);

  await anotherShopper.goto('/account');
  await anotherShopper.getByRole('button', { name: 'Sign out' }).click();
  await signIn(anotherShopper, email);
  await typeCode(anotherShopper, recovery[0]?.toLowerCase() ?? '');
  await expect(heading(anotherShopper)).toHaveText('Good day, Amelia');

  await page.goto('/account/security');
  await expect(codes(page)).toContainText('You have 9 recovery codes left.');
  const off = codes(page).locator('form').filter({ has: page.getByRole('button', { name: 'Turn off codes' }) });
  await off.getByLabel('Your password').fill('not the right words');
  await off.getByRole('button').click();
  await expect(off.getByLabel('Your password')).toHaveAccessibleDescription(/not your password/);
  await off.getByLabel('Your password').fill(PASSWORD);
  await off.getByRole('button').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('asks for no codes any more');
  await anotherShopper.goto('/account');
  await anotherShopper.getByRole('button', { name: 'Sign out' }).click();
  await signIn(anotherShopper, email);
  await expect(heading(anotherShopper)).toHaveText('Good day, Amelia');
});

test('recovery codes are saved as a file, and print alone', { tag: '@no-script' }, async ({ page, store }) => {
  await register(page, store, freshEmail());
  const { recovery } = await turnCodesOn(page);
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as a file' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('recovery-codes.txt');
  const lines = (await readFile(await saved.path(), 'utf8')).split('\n');
  expect(lines).toEqual(expect.arrayContaining(recovery));

  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.totp__recovery')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Your account' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'I have kept them' })).toBeHidden();
});

test('recovery codes are copied', async ({ page, store, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await register(page, store, freshEmail());
  const { recovery } = await turnCodesOn(page);
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(recovery.join('\n'));
});

test('recovery codes are made anew', { tag: '@no-script' }, async ({ page, store }) => {
  const email = freshEmail();
  await register(page, store, email);
  const { recovery: before } = await turnCodesOn(page);
  await page.goto('/account/security');
  const renewal = codes(page).locator('form').filter({ has: page.getByRole('button', { name: 'Make new recovery codes' }) });
  await renewal.getByLabel('Your password').fill(PASSWORD);
  await renewal.getByRole('button').click();
  await expect(heading(page)).toHaveText('Your recovery codes');
  const after = await page.locator('.totp__recovery code').allInnerTexts();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, email);
  await typeCode(page, before[0] ?? '');
  await expect(page.getByLabel('Code of your app')).toHaveAccessibleDescription(/not right/);
  await typeCode(page, after[0] ?? '');
  await expect(heading(page)).toHaveText('Good day, Amelia');
});

test('who lost the app and the recovery codes is let in by the store', { tag: '@no-script' }, async ({ page, store, anotherShopper }) => {
  const email = freshEmail();
  await register(page, store, email);
  await turnCodesOn(page);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, email);
  await expect(heading(page)).toHaveText('Your code');
  await axe(page);
  await page.getByRole('link', { name: 'How to get in again' }).click();
  await expect(page.getByRole('heading', { name: 'If you lost your app and your recovery codes' })).toBeInViewport();

  const password = await signInAsOperator(anotherShopper, store);
  await anotherShopper.goto('/operator');
  await anotherShopper.getByRole('navigation', { name: 'Running the store' }).getByRole('link', { name: 'Accounts' }).click();
  await anotherShopper.getByLabel('E-mail address of the account').fill(email);
  await anotherShopper.getByRole('button', { name: 'Find the account' }).click();
  await expect(heading(anotherShopper)).toHaveText('Account of Amelia Hart');
  await anotherShopper.getByLabel('How you made sure who it is').fill('Named the last order');
  await anotherShopper.getByLabel('Your own password').fill(PASSWORD);
  await anotherShopper.getByRole('button', { name: 'Turn off codes' }).click();
  await expect(anotherShopper.getByLabel('Your own password')).toHaveAccessibleDescription(/not your password/);
  await expect(anotherShopper.getByLabel('How you made sure who it is')).toHaveValue('Named the last order');
  await axe(anotherShopper);
  await anotherShopper.getByLabel('Your own password').fill(password);
  await anotherShopper.getByRole('button', { name: 'Turn off codes' }).click();
  await expect(anotherShopper.getByRole('main').getByRole('status')).toContainText('asks for no codes any more');
  await expect(anotherShopper.getByRole('region', { name: 'What operators did with it' })).toContainText('Named the last order');
  await axe(anotherShopper);

  await signIn(page, email);
  await expect(heading(page)).toHaveText('Good day, Amelia');
});

// Passkeys, with a device that Chromium pretends to have. Browsers take them at a name only: the store of these tests
// is at `localhost`.

import { createServer } from 'node:net';
import { PASSWORD, freshEmail, register, signIn, turnCodesOn } from './member';
import { type Page, addToCart, expect, expectUnitsInCart, saysWithoutScripts, test as base } from './shopper';
import { axe } from './store';

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((found, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const test = base.extend({
  serveArguments: [
    async ({}, use) => {
      const port = await freePort();
      await use(['--listen', `127.0.0.1:${port}`, '--base-url', `http://localhost:${port}`]);
    },
    { scope: 'worker' },
  ],
});

type Device = {
  /** Whether its owner unlocks it when it is asked. */
  unlocks: (does: boolean) => Promise<void>;
  /** Whether its owner takes a passkey as soon as one is asked for, or offered; else they leave it waiting. */
  takes: (does: boolean) => Promise<void>;
  keys: () => Promise<{ credentialId: string; isResidentCredential: boolean; signCount: number }[]>;
};

/** Gives the browser of a page a device that keeps passkeys. */
async function deviceOf(page: Page): Promise<Device> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    unlocks: async (does) => {
      await browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: does });
    },
    takes: async (does) => {
      await browser.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: does });
    },
    keys: async () => (await browser.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

const OFFERS = '/api/account/passkeys/offers';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const passkeys = (page: Page) => page.getByRole('region', { name: 'Passkeys' });

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto('/account/security');
  await page.getByLabel('Name of the new passkey').fill(name);
  await passkeys(page).getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
}

/** Comes to the page of the sign-in, where the browser offers a passkey that nobody takes. */
async function signOut(page: Page, device: Device): Promise<void> {
  await device.takes(false);
  await page.goto('/account');
  await offeredAt(page, () => page.getByRole('button', { name: 'Sign out' }).click());
  await expect(heading(page)).toHaveText('Sign in');
}

/** Does something that leads to a page on which the browser offers passkeys. */
async function offeredAt(page: Page, act: () => Promise<unknown>): Promise<void> {
  const offered = page.waitForResponse((response) => new URL(response.url()).pathname === OFFERS);
  await act();
  expect(await (await offered).json()).toContain('challenge');
}

/** Presses the button, and takes the passkey that the browser asks for then. */
async function signInByButton(page: Page, device: Device): Promise<void> {
  await device.takes(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
}

test('a shopper adds a passkey, signs in with it, renames and removes it', async ({ page, store, goods }) => {
  const device = await deviceOf(page);
  const email = freshEmail();
  await register(page, store, email);
  await addPasskey(page, 'My phone');
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your passkey is added.');
  await expect(passkeys(page).getByRole('listitem')).toContainText(['My phone']);
  await expect(passkeys(page)).toContainText('Never used yet');
  await axe(page);
  const [key] = await device.keys();
  expect(key?.isResidentCredential).toBe(true);

  await signOut(page, device);
  await addToCart(page, goods.plain(26), 2);
  await offeredAt(page, () => page.goto('/account/orders'));
  await axe(page);
  // Nobody types an e-mail address.
  await signInByButton(page, device);
  await expect(heading(page)).toHaveText('Orders');
  await expectUnitsInCart(page, 2);
  await page.goto('/account/security');
  await expect(passkeys(page)).toContainText('Last used on');
  expect((await device.keys())[0]?.signCount).toBeGreaterThan(key?.signCount ?? 0);

  await page.getByLabel('New name of My phone').fill('My old phone');
  await page.getByRole('button', { name: 'Rename My phone' }).click();
  await expect(passkeys(page).getByRole('heading', { name: 'My old phone' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove My old phone' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your passkey is removed.');
  await expect(passkeys(page).getByRole('listitem')).toHaveCount(0);

  // The device has it still; the store knows it no more.
  await signOut(page, device);
  // Who takes whatever is offered would be refused again and again.
  await page.route(`**${OFFERS}`, (route) => route.fulfill({ json: '' }));
  await signInByButton(page, device);
  await expect(page.getByRole('alert')).toContainText('That passkey does not open an account here');
  await signIn(page, email);
  await expect(heading(page)).toHaveText('Good day, Amelia');
});

test('a passkey needs no code', async ({ page, store }) => {
  const device = await deviceOf(page);
  await register(page, store, freshEmail());
  await turnCodesOn(page);
  await addPasskey(page, 'My laptop');
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your passkey is added.');
  await signOut(page, device);
  await signInByButton(page, device);
  await expect(heading(page)).toHaveText('Good day, Amelia');
});

test('a browser offers its passkeys on the page of the sign-in, and one that is taken signs in', async ({ page, store, goods }) => {
  const device = await deviceOf(page);
  await register(page, store, freshEmail());
  await addPasskey(page, 'My phone');
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your passkey is added.');
  await signOut(page, device);
  await addToCart(page, goods.plain(26), 2);
  // Whoever takes none sees nothing of it, however long it waits, and so does who does not unlock the device.
  await device.unlocks(false);
  await device.takes(true);
  await offeredAt(page, () => page.goto('/account/orders'));
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeEnabled();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await device.unlocks(true);
  await page.goto('/account/orders', { waitUntil: 'commit' });
  await expect(heading(page)).toHaveText('Orders');
  await expectUnitsInCart(page, 2);
  await page.goto('/account/security');
  await expect(passkeys(page)).toContainText('Last used on');
});

test('a browser that can offer no passkeys asks the store for nothing', async ({ page, store }) => {
  // Without a device that keeps any.
  await (await page.context().newCDPSession(page)).send('WebAuthn.enable');
  const email = freshEmail();
  await register(page, store, email);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, email);
  await expect(heading(page)).toHaveText('Good day, Amelia');
  expect(asked).not.toContain(OFFERS);
});

test('one device has one passkey of an account', async ({ page, store }) => {
  const device = await deviceOf(page);
  await register(page, store, freshEmail());
  await addPasskey(page, 'My phone');
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your passkey is added.');
  await addPasskey(page, 'My phone again');
  await expect(page.getByRole('alert')).toContainText('No passkey was made.');
  expect(await device.keys()).toHaveLength(1);
});

test('who does not unlock the device is told, and tries again', async ({ page, store }) => {
  const device = await deviceOf(page);
  const email = freshEmail();
  await register(page, store, email);
  await device.unlocks(false);
  await addPasskey(page, 'My phone');
  await expect(page.getByRole('alert')).toContainText('No passkey was made. Try again');
  await axe(page);
  await device.unlocks(true);
  await page.getByRole('button', { name: 'Ask my browser' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('Your passkey is added.');

  await signOut(page, device);
  await device.unlocks(false);
  await signInByButton(page, device);
  await expect(page.getByRole('alert')).toContainText('Your browser gave no passkey.');
  await axe(page);
  await device.unlocks(true);
  await page.getByRole('button', { name: 'Ask my browser' }).click();
  await expect(heading(page)).toHaveText('Good day, Amelia');
});

test('without scripts the pages say what passkeys need', { tag: '@no-script-only' }, async ({ page, store }) => {
  const email = freshEmail();
  await register(page, store, email);
  await addPasskey(page, 'My phone');
  await saysWithoutScripts(page, 'scripts are off');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await saysWithoutScripts(page, 'scripts are off');
  await signIn(page, email);
  await expect(heading(page)).toHaveText('Good day, Amelia');
});

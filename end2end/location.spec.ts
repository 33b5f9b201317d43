import { signInAsOperator } from './member';
import { type Page, expect, test } from './shopper';
import { axe } from './store';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** The row of a table that begins with a name. */
const row = (page: Page, label: string, name: string) =>
  page
    .getByRole('region', { name: label, exact: true })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) });
/** The numbers of a row, in its order. */
const numbers = async (page: Page, name: string) =>
  (await row(page, 'Where it lies', name).locator('.sheet__number').allInnerTexts()).map((text) =>
    Number(text.replaceAll(',', '')),
  );

test('an operator adds a location and moves units there', { tag: '@no-script' }, async ({ page, store, goods }) => {
  await signInAsOperator(page, store);
  const name = `Shop ${crypto.randomUUID().slice(0, 8)}`;
  await page.goto('/operator/stock');
  await page.getByRole('link', { name: 'Locations' }).click();
  await expect(heading(page)).toHaveText('Locations');
  await expect(row(page, 'Locations', 'Main warehouse')).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: 'Add a location' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Address', { exact: true }).fill('1 Briggate');
  await page.getByLabel('Postcode').fill('nonsense');
  await page.getByRole('button', { name: 'Keep the location' }).click();
  await expect(page.getByRole('alert')).toContainText('Postcode must look like SW1A 1AA');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name);
  await axe(page);
  await page.getByLabel('Postcode').fill('ls16hd');
  await page.getByLabel('Town or city').fill('Leeds');
  await page.getByRole('button', { name: 'Keep the location' }).click();
  await expect(page.getByRole('status')).toContainText('The location is kept.');
  await expect(row(page, 'Locations', name)).toContainText('1 Briggate, Leeds LS1 6HD, United Kingdom');

  await page.goto(`/operator/stock/skus/${encodeURIComponent(goods.plain(18).first.sku)}`);
  const [before = 0] = await numbers(page, 'Main warehouse');
  expect(before).toBeGreaterThan(3);
  await page.getByLabel('To', { exact: true }).selectOption({ label: name });
  await page.getByLabel('Units to move').fill(`${before + 1}`);
  await page.getByRole('button', { name: 'Move the units' }).click();
  await expect(page.getByRole('alert')).toContainText('units can be moved');
  await expect(page.getByLabel('Units to move')).toHaveValue(`${before + 1}`);
  await axe(page);
  await page.getByLabel('Units to move').fill('3');
  await page.getByRole('button', { name: 'Move the units' }).click();
  await expect(page.getByRole('status')).toContainText('The units are moved.');
  expect(await numbers(page, name)).toEqual([3, 0, 3]);
  expect((await numbers(page, 'Main warehouse'))[0]).toBe(before - 3);
  await expect(page.getByRole('region', { name: 'Movements' })).toContainText(`Moved from Main warehouse to ${name}`);

  // One of them is missing; the others go back, and the location is closed.
  await row(page, 'Where it lies', name).getByRole('link', { name: 'Count' }).click();
  await expect(page.getByLabel('Units on hand')).toHaveValue('3');
  await page.getByLabel('Units on hand').fill('2');
  await page.getByRole('button', { name: 'Write the count down' }).click();
  await expect(page.getByRole('status')).toContainText('Your count is on the books');
  expect(await numbers(page, name)).toEqual([2, 0, 2]);
  await page.getByLabel('From', { exact: true }).selectOption({ label: name });
  await page.getByLabel('To', { exact: true }).selectOption({ label: 'Main warehouse' });
  await page.getByLabel('Units to move').fill('2');
  await page.getByRole('button', { name: 'Move the units' }).click();
  await expect(page.getByRole('status')).toContainText('The units are moved.');
  await row(page, 'Where it lies', name).getByRole('link', { name, exact: true }).click();
  await expect(heading(page)).toHaveText(name);
  await page.getByRole('button', { name: 'Close the location' }).click();
  await expect(page.getByRole('status')).toContainText('The location is closed.');
  await expect(row(page, 'Locations', name)).toContainText('Closed');
});

import { awake, expect, type Locator, type Page, searchBox, test } from './shopper';
import { axe } from './store';

function suggestions(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Suggestions' });
}

/** Types as a person does, once the script listens. */
async function type(page: Page, letters: string): Promise<void> {
  await awake(searchBox(page));
  await searchBox(page).pressSequentially(letters, { delay: 30 });
}

/** Brings letters into the field at once, so that the one answer to them is all that comes. */
async function paste(page: Page, letters: string): Promise<void> {
  await awake(searchBox(page));
  await searchBox(page).fill(letters);
}

test.describe('while somebody types', () => {
  test('suggests queries, shelves and products', async ({ page }) => {
    await page.goto('/');
    await paste(page, 'lam');
    await expect(searchBox(page)).toHaveAttribute('role', 'combobox');
    await expect(suggestions(page)).toBeVisible();
    await expect(searchBox(page)).toHaveAttribute('aria-expanded', 'true');
    for (const group of ['Searches', 'Products']) {
      await expect(suggestions(page).getByRole('group', { name: group }).getByRole('option')).not.toHaveCount(0);
    }
    const product = suggestions(page).getByRole('group', { name: 'Products' }).getByRole('option').first();
    await expect(product.locator('img')).toHaveJSProperty('complete', true);
    await expect(product).toContainText(/£\d/);
    await expect(page.getByRole('status').filter({ hasText: /^\d+ suggestions?/ })).toHaveCount(1);
    await product.click();
    await expect(page).toHaveURL(/\/products\//);
  });

  test('is walked through by keyboard alone', async ({ page }) => {
    await page.goto('/');
    await paste(page, 'lam');
    await expect(suggestions(page)).toBeVisible();
    const options = suggestions(page).getByRole('option');
    const box = searchBox(page);
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await expect(box).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id')) ?? '');
    await expect(box).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(box).not.toHaveAttribute('aria-activedescendant');
    await page.keyboard.press('ArrowUp');
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(suggestions(page)).toBeHidden();
    await expect(box).toHaveValue('lam');
    await expect(box).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowDown');
    await expect(suggestions(page)).toBeVisible();
    await page.keyboard.press('ArrowDown');
    const target = (await options.first().getAttribute('href')) ?? '';
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(target);
  });

  test('sends what was typed when nothing is marked', async ({ page }) => {
    await page.goto('/');
    await type(page, 'lamp');
    await expect(suggestions(page)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/search?q=lamp');
  });

  test('never shows an answer to an older keystroke', async ({ page }) => {
    const held: (() => Promise<void>)[] = [];
    await page.route('**/api/search/suggestions?q=la', (route) => {
      held.push(() => route.continue());
    });
    await page.goto('/');
    await type(page, 'la');
    await expect.poll(() => held.length).toBe(1);
    await type(page, 'zyx');
    await expect(page.getByRole('status').filter({ hasText: 'No suggestions' })).toHaveCount(1);
    const answered = page.waitForResponse('**/api/search/suggestions?q=la');
    await held[0]?.();
    await (await answered).finished();
    await expect(suggestions(page).getByRole('option')).toHaveCount(0);
    await expect(suggestions(page)).toBeHidden();
  });

  test('closes when the shopper goes elsewhere', async ({ page }) => {
    await page.goto('/');
    await paste(page, 'lam');
    await expect(suggestions(page)).toBeVisible();
    await page.getByRole('main').click({ position: { x: 2, y: 700 } });
    await expect(suggestions(page)).toBeHidden();
    await searchBox(page).focus();
    await expect(suggestions(page)).toBeVisible();
  });

  test('is right for axe with the list open', async ({ page }) => {
    await page.goto('/search?q=lamp');
    await paste(page, 'lam');
    await expect(suggestions(page)).toBeVisible();
    await axe(page);
  });
});

test.describe('what was searched for last', () => {
  const recent = (page: Page) => suggestions(page).getByRole('group', { name: 'Recent searches' });

  /** Searches from the header, and leaves the results. */
  async function searchAndLeave(page: Page, words: string): Promise<void> {
    await page.goto(`/search?q=${encodeURIComponent(words)}`);
    await awake(searchBox(page));
    await page.goto('/help');
    await awake(searchBox(page));
  }

  test('comes first, and is opened by keyboard', async ({ page }) => {
    await searchAndLeave(page, 'desk lamp');
    await searchAndLeave(page, 'Lamp');
    await searchAndLeave(page, 'zyxwvut');
    const box = searchBox(page);
    await box.focus();
    await expect(recent(page).getByRole('option')).toHaveText(['Lamp', 'desk lamp', 'Clear recent searches']);
    await expect(box).toHaveAttribute('aria-expanded', 'true');
    await axe(page);
    await paste(page, 'la');
    await expect(suggestions(page).getByRole('group', { name: 'Products' })).toBeVisible();
    await expect(suggestions(page).getByRole('option').first()).toHaveText('Lamp');
    await expect(recent(page).getByRole('option')).toHaveText(['Lamp', 'desk lamp']);
    const searches = suggestions(page).getByRole('group', { name: 'Searches', exact: true }).getByRole('option');
    await expect(searches.filter({ hasText: /^desk lamp$/ })).toHaveCount(0);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(recent(page).getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/search?q=desk%20lamp');
    await awake(box);
    await page.goto('/help');
    await awake(box);
    await box.focus();
    await expect(recent(page).getByRole('option').first()).toHaveText('desk lamp');
  });

  test('is forgotten when the shopper says so', async ({ page }) => {
    await searchAndLeave(page, 'lamp');
    await searchBox(page).focus();
    await page.keyboard.press('ArrowUp');
    const clear = recent(page).getByRole('option', { name: 'Clear recent searches' });
    await expect(clear).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(suggestions(page)).toBeHidden();
    await expect(searchBox(page)).toBeFocused();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await searchAndLeave(page, 'lamp');
    await searchBox(page).focus();
    await clear.click();
    await expect(suggestions(page)).toBeHidden();
    await page.reload();
    await awake(searchBox(page));
    await searchBox(page).focus();
    await expect(suggestions(page)).toBeHidden();
  });

  test('is nobody else’s', async ({ page, anotherShopper }) => {
    await searchAndLeave(page, 'lamp');
    await anotherShopper.goto('/help');
    await awake(searchBox(anotherShopper));
    await searchBox(anotherShopper).focus();
    await expect(suggestions(anotherShopper)).toBeHidden();
  });
});

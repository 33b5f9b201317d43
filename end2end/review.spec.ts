import { PASSWORD, ask, askedIn, freshEmail, register, reviewed, signInAsOperator, writeReview } from './member';
import { AMELIA, buy, expect, test } from './shopper';
import { axe } from './store';

/** What no other run writes, too short for a phone number, which a person would look at first. */
const fewDigits = (): string => crypto.randomUUID().slice(0, 8);

test('a buyer writes a review, and others vote on it', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const product = goods.plain(20);
  await register(page, store, freshEmail());
  await buy(page, product, { ...AMELIA, email: freshEmail() });
  await page.goto(product.path);
  await reviewed(page).getByRole('link', { name: 'Write a review' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Write a review');
  // What is wrong is said, and what was typed stays.
  await page.getByLabel('What you think of it').fill('Warm light, </textarea> steady foot.');
  await page.getByRole('button', { name: 'Post review' }).click();
  await expect(page.getByRole('alert')).toContainText('2 fields need your attention');
  await expect(page.getByLabel('What you think of it')).toHaveValue('Warm light, </textarea> steady foot.');
  await page.getByRole('radio', { name: '4 stars, Good' }).press(' ');
  await page.getByLabel('Headline').fill('Good to read by');
  await page.getByRole('button', { name: 'Post review' }).click();
  await expect(reviewed(page).getByRole('status')).toContainText('Your review is shown below.');
  const mine = page.getByRole('article', { name: 'Good to read by' });
  await expect(mine).toContainText('Amelia H.');
  await expect(mine).toContainText('Verified purchase');
  await expect(mine).toContainText('</textarea> steady foot.');
  await expect(mine.getByRole('button', { name: 'Helpful', exact: true })).toHaveCount(0);
  await axe(page);

  await anotherShopper.goto(product.path);
  const theirs = anotherShopper.getByRole('article', { name: 'Good to read by' });
  await theirs.getByRole('button', { name: 'Helpful', exact: true }).click();
  await expect(anotherShopper.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await register(anotherShopper, store, freshEmail(), 'Eve Stone');
  await anotherShopper.goto(product.path);
  const helpful = theirs.getByRole('button', { name: 'Helpful', exact: true });
  await helpful.click();
  await expect(theirs).toContainText('1 person found this helpful');
  await expect(helpful).toHaveAttribute('aria-pressed', 'true');
  await theirs.getByRole('button', { name: 'Not helpful' }).click();
  await expect(theirs).not.toContainText('found this helpful');
});

test('reviews are narrowed by their stars and ordered', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const product = goods.plain(21);
  await register(page, store, freshEmail());
  await register(anotherShopper, store, freshEmail(), 'Eve Stone');
  await writeReview(page, product, 1, 'Poor thing', 'It came apart within a week.');
  await writeReview(anotherShopper, product, 3, 'Middling thing', 'It does what it should, just so.');
  await page.goto(product.path);
  await reviewed(page).getByRole('link', { name: /^1 star/ }).click();
  await expect(page).toHaveURL(/\?stars=1#reviews$/);
  await expect(page.getByRole('article', { name: 'Poor thing' })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Middling thing' })).toHaveCount(0);
  await axe(page);
  await reviewed(page).getByRole('link', { name: /^1 star ?: remove$/ }).click();
  await expect(page).not.toHaveURL(/stars=/);
  await reviewed(page).getByRole('link', { name: 'Newest' }).click();
  await expect(page).toHaveURL(/\?reviews=newest#reviews$/);
  await expect(reviewed(page).getByRole('article').first()).toContainText('Middling thing');
});

test('reviews are searched and narrowed by who bought it, and rate aspects', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const product = goods.plain(24);
  await register(anotherShopper, store, freshEmail(), 'Eve Stone');
  await writeReview(anotherShopper, product, 3, 'Seen at a friend’s', 'It stands firm, that much I saw.');
  await register(page, store, freshEmail());
  await buy(page, product, { ...AMELIA, email: freshEmail() });
  await page.goto(`${product.path}/review`);
  await page.getByRole('radio', { name: '5 stars, Excellent' }).press(' ');
  await page.getByLabel('Value for money').selectOption({ label: '4 stars, Good' });
  await page.getByLabel('Headline').fill('Bought and kept');
  await page.getByLabel('What you think of it').fill('The lacquer is flawless.');
  await axe(page);
  await page.getByRole('button', { name: 'Post review' }).click();
  await expect(page.getByRole('article', { name: 'Bought and kept' })).toContainText(/Value for money\s*4 out of 5/);

  await page.goto(product.path);
  await reviewed(page).getByRole('link', { name: /^Verified purchases only/ }).click();
  await expect(page).toHaveURL(/\?verified=yes#reviews$/);
  await expect(page.getByRole('article', { name: 'Bought and kept' })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Seen at a friend’s' })).toHaveCount(0);
  await reviewed(page).getByRole('searchbox', { name: 'Search in reviews' }).fill('FIRM');
  await reviewed(page).getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/\?verified=yes&review-words=FIRM#reviews$/);
  await expect(reviewed(page)).toContainText('No review is like that.');
  await axe(page);
  await reviewed(page).getByRole('link', { name: /^Verified purchases ?: remove$/ }).click();
  await expect(page.getByRole('article', { name: 'Seen at a friend’s' })).toBeVisible();
  await expect(reviewed(page).getByRole('searchbox', { name: 'Search in reviews' })).toHaveValue('FIRM');
  await reviewed(page).getByRole('link', { name: /^“FIRM” ?: remove$/ }).click();
  await reviewed(page).getByRole('link', { name: 'Lowest rated' }).click();
  await expect(page).toHaveURL(/\?reviews=lowest#reviews$/);
  await expect(reviewed(page).getByRole('link', { name: 'Lowest rated' })).toHaveAttribute('aria-current', 'true');
});

test('what a reader reports is judged by those who run the store', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const product = goods.plain(22);
  const title = `Buy elsewhere ${fewDigits()}`;
  await register(page, store, freshEmail());
  await writeReview(page, product, 2, title, 'There are better shops than this one.');
  await register(anotherShopper, store, freshEmail(), 'Eve Stone');
  await anotherShopper.goto(product.path);
  const theirs = anotherShopper.getByRole('article', { name: title });
  await theirs.getByText('Report', { exact: true }).click();
  await theirs.getByLabel('What is wrong with it?').selectOption({ label: 'It advertises something' });
  await theirs.getByRole('button', { name: 'Send report' }).click();
  await expect(reviewed(anotherShopper).getByRole('status')).toContainText('We will look at it.');
  await anotherShopper.context().clearCookies();
  await signInAsOperator(anotherShopper, store);
  await anotherShopper.goto('/operator/reviews');
  const waiting = anotherShopper.getByRole('article', { name: title });
  await expect(waiting).toContainText('Reported: It advertises something (1).');
  await waiting.getByLabel('Or don’t, because').selectOption({ label: 'It advertises something' });
  await waiting.getByRole('button', { name: 'Reject' }).click();
  await expect(anotherShopper.getByRole('status')).toContainText('It is not shown');
  await page.goto(product.path);
  await expect(page.getByRole('article', { name: title })).toHaveCount(0);
  await expect(reviewed(page)).toContainText('We don’t show it. It advertises something.');
});

/** A picture of eight pixels by four. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAEUlEQVR4nGPYUqGBFTFQTwIAX1wqgUccpIMAAAAASUVORK5CYII=',
  'base64',
);

test('a picture is seen by others once somebody has looked at it', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const product = goods.plain(26);
  const title = `With a picture ${fewDigits()}`;
  await register(page, store, freshEmail());
  await page.goto(`${product.path}/review`);
  await page.getByRole('radio', { name: /^5 stars,/ }).press(' ');
  await page.getByLabel('What you think of it').fill('It stands by the window.');
  await page.getByLabel('Picture 1', { exact: true }).setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: PICTURE });
  await page.getByLabel('What picture 1 shows').fill('By the window');
  await page.getByRole('button', { name: 'Post review' }).click();
  // The headline is missing: the words stay, and the file is to be chosen again.
  await expect(page.getByRole('alert')).toContainText('One field needs your attention');
  await expect(page.getByLabel('What picture 1 shows')).toHaveValue('By the window');
  await expect(page.getByRole('main')).toContainText('please choose them again');
  await axe(page);
  await page.getByLabel('Headline').fill(title);
  await page.getByLabel('Picture 1', { exact: true }).setInputFiles({ name: 'photo.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
  await page.getByRole('button', { name: 'Post review' }).click();
  await expect(page.getByRole('alert')).toContainText('That is no picture that can be read here');
  await page.getByLabel('Picture 1', { exact: true }).setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: PICTURE });
  await page.getByRole('button', { name: 'Post review' }).click();
  await expect(reviewed(page).getByRole('status')).toContainText('We read it first');

  await anotherShopper.goto(product.path);
  await expect(anotherShopper.getByRole('article', { name: title })).toHaveCount(0);
  await signInAsOperator(anotherShopper, store);
  await anotherShopper.goto('/operator/reviews');
  const waiting = anotherShopper.getByRole('article', { name: title });
  await expect(waiting).toContainText('pictures to look at');
  await expect(waiting.getByRole('img', { name: 'By the window' })).toBeVisible();
  await waiting.getByRole('button', { name: 'Show it' }).click();
  await expect(anotherShopper.getByRole('status')).toContainText('It is shown.');
  await anotherShopper.context().clearCookies();
  await anotherShopper.goto(product.path);
  const picture = anotherShopper.getByRole('article', { name: title }).getByRole('img', { name: 'By the window' });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8);
  await axe(anotherShopper);
  await picture.click();
  await expect(anotherShopper).toHaveURL(/\/reviews\/pictures\/\w+$/);
});

test('questions are asked and answered', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const product = goods.plain(23);
  await register(page, store, freshEmail());
  await ask(page, product, 'How heavy is it?');
  await signInAsOperator(anotherShopper, store);
  await anotherShopper.goto(product.path);
  await askedIn(anotherShopper).locator('summary', { hasText: 'Answer' }).first().click();
  await askedIn(anotherShopper).getByLabel('Your answer').fill('Just under two kilograms.');
  await askedIn(anotherShopper).getByRole('button', { name: 'Send answer' }).click();
  await expect(askedIn(anotherShopper).getByRole('status')).toContainText('Your answer is shown below.');
  await page.goto(product.path);
  await expect(askedIn(page)).toContainText('Just under two kilograms.');
  await expect(askedIn(page)).toContainText('The store');
});

test('an answer that somebody wrote before the sign-in is there after it', { tag: '@no-script' }, async ({ page, store, goods, anotherShopper }) => {
  const product = goods.plain(25);
  const email = freshEmail();
  await register(page, store, email, 'Eve Stone');
  await page.context().clearCookies();
  await register(anotherShopper, store, freshEmail());
  await ask(anotherShopper, product, 'How long is the cable?');
  await page.goto(product.path);
  const words = `Two metres.\nBarely </textarea> less. ${'Größer als gedacht. '.repeat(80)}`;
  await askedIn(page).locator('summary', { hasText: 'Answer' }).first().click();
  await askedIn(page).getByLabel('Your answer').fill(words);
  await askedIn(page).getByRole('button', { name: 'Send answer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.getByLabel('E-mail address', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title);
  await expect(askedIn(page).getByLabel('Your answer')).toHaveValue(words);
  await axe(page);
  await anotherShopper.goto(product.path);
  await expect(askedIn(anotherShopper)).not.toContainText('Two metres.');
  await askedIn(page).getByLabel('Your answer').fill('Two metres.');
  await askedIn(page).getByRole('button', { name: 'Send answer' }).click();
  await expect(askedIn(page).getByRole('status')).toContainText('Your answer is shown below.');
});

test('the demo says that its reviews are its own', async ({ goods, request }) => {
  // Which nobody else of these tests writes about.
  const others = [15, 20, 21, 22, 23, 24, 25, 26].map((index) => goods.plain(index).path);
  const ofDemo = goods.all.filter(({ path }) => !others.includes(path));
  const pages = await Promise.all(ofDemo.map(async ({ path }) => (await request.get(path)).text()));
  const withReviews = pages.filter((html) => html.includes('class="review"'));
  expect(withReviews.length).toBeGreaterThan(10);
  for (const html of withReviews) expect(html).toContain('Part of the demo');
});

import {
  add,
  AMELIA,
  CARDS,
  type Locator,
  type Page,
  addToCart,
  amount,
  cartLink,
  cards,
  chooseCategory,
  expect,
  expectUnitsInCart,
  fillAddress,
  fillCard,
  findOrder,
  hasScripts,
  line,
  pence,
  placeButton,
  placeOrder,
  pounds,
  press,
  reachReview,
  searchBox,
  standardDeliveryPence,
  test,
} from './shopper';

function heading(page: Page): Locator {
  return page.getByRole('heading', { level: 1 });
}

/** The panel beside every step. */
function summary(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Your order' });
}

/** An answer of a step before, on the review page. */
function answerTo(page: Page, question: string): Locator {
  return page.getByRole('main').locator('dl > div').filter({ has: page.getByRole('term').getByText(question, { exact: true }) });
}

test('a guest finds two products, buys them, and finds the order again', { tag: '@no-script' }, async ({ page, goods }) => {
  const [first, second] = [goods.plain(2), goods.plain(3)];

  // Through the shelves to the first one.
  await page.goto('/');
  await chooseCategory(page, first.categories[1] ?? '');
  await cards(page).getByRole('link', { name: first.title, exact: true }).click();
  await expect(heading(page)).toHaveText(first.title);
  await add(page);
  await expectUnitsInCart(page, 1);

  // By search to the second one.
  const box = searchBox(page);
  await box.fill(second.title);
  await box.press('Enter');
  await cards(page).getByRole('link', { name: second.title, exact: true }).first().click();
  await add(page);
  await expectUnitsInCart(page, 2);

  // The cart names every cost before the checkout.
  await page.goto('/');
  await cartLink(page).click();
  const items = first.first.pricePence + second.first.pricePence;
  const total = items + standardDeliveryPence(items);
  const inCart = page.getByRole('complementary', { name: 'Summary' });
  await expect(amount(inCart, 'Items (2)')).toHaveText(pounds(items));
  await expect(amount(inCart, 'Total')).toHaveText(pounds(total));
  await page.getByRole('link', { name: 'Go to checkout' }).click();

  // Address: first with mistakes, which lose nothing.
  await expect(heading(page)).toHaveText('Where should it go?');
  await fillAddress(page, { ...AMELIA, postcode: '', email: 'amelia@example' });
  await page.getByRole('button', { name: 'Continue to delivery' }).click();
  await expect(page.getByRole('alert')).toContainText('2 fields need your attention');
  const email = page.getByLabel('E-mail address');
  await expect(email).toBeFocused();
  await expect(email).toHaveValue('amelia@example');
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveAccessibleDescription(/must look like ada@example\.com/);
  await expect(page.getByLabel('Postcode')).toHaveAccessibleDescription(/Postcode is needed/);
  await expect(page.getByLabel('Full name')).toHaveValue(AMELIA.name);
  await expect(page.getByLabel('Town or city')).toHaveValue(AMELIA.town);
  await page.getByLabel('Postcode').fill(AMELIA.postcode);
  await email.fill(AMELIA.email);
  await page.getByRole('button', { name: 'Continue to delivery' }).click();

  // Delivery with a date.
  await expect(heading(page)).toHaveText('When should it arrive?');
  const standard = page.getByRole('radio', { name: /Standard delivery/ });
  await expect(standard).toBeChecked();
  await expect(standard).toHaveAccessibleName(/(Mon|Tues|Wednes|Thurs|Fri)day \d/);
  await page.getByRole('button', { name: 'Continue to payment' }).click();

  // Payment, at the gateway.
  await expect(heading(page)).toHaveText('How will you pay?');
  await fillCard(page, CARDS.pays);
  await page.getByRole('button', { name: 'Continue to review' }).click();

  // Review: all answers and all amounts.
  await expect(heading(page)).toHaveText('Check and place your order');
  await expect(answerTo(page, 'Contact')).toContainText(AMELIA.email);
  await expect(answerTo(page, 'Deliver to')).toContainText('Amelia Hart, 14 Candlemaker Row, Edinburgh EH1 2QE, United Kingdom');
  await expect(answerTo(page, 'Payment')).toContainText('Card ending in 4242');
  for (const { title } of [first, second]) await expect(summary(page)).toContainText(title);
  await expect(amount(summary(page), 'Total')).toHaveText(pounds(total));
  await expect(placeButton(page)).toHaveText(`Place order, ${pounds(total)}`);
  const { number } = await placeOrder(page);

  // Confirmed; the cart is empty, and the order can be found by anybody who knows both.
  const main = page.getByRole('main');
  await expect(main).toContainText(AMELIA.email);
  await expect(amount(page.getByRole('complementary', { name: 'Amounts' }), 'Total')).toHaveText(pounds(total));
  await page.goto('/');
  await expectUnitsInCart(page, 0);
  await findOrder(page, number, AMELIA.email);
  await expect(heading(page)).toHaveText(/^Arrives (Mon|Tues|Wednes|Thurs|Fri)day /);
  await expect(main).toContainText(number);
  for (const { title } of [first, second]) await expect(main).toContainText(title);
  await expect(amount(page.getByRole('complementary', { name: 'Amounts' }), 'Total')).toHaveText(pounds(total));
});

test.describe('address', () => {
  test('tells of a wrong field when it is left, and takes it back', async ({ page, goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    const email = page.getByLabel('E-mail address');
    await expect(async () => {
      await email.fill('amelia@');
      await email.blur();
      await expect(email).toHaveAttribute('aria-invalid', 'true', { timeout: 1_000 });
    }).toPass();
    await expect(email).toHaveAccessibleDescription(/must look like ada@example\.com/);
    await expect(page.getByLabel('Full name')).not.toHaveAttribute('aria-invalid');
    await email.fill(AMELIA.email);
    await email.blur();
    await expect(email).not.toHaveAttribute('aria-invalid');
    await expect(email).not.toHaveAccessibleDescription(/must look like/);
  });

  test('takes VAT off for a number that its country can have given away', { tag: '@no-script' }, async ({ page, goods }) => {
    const product = goods.plain(9);
    await addToCart(page, product);
    await page.goto('/checkout/address');
    await fillAddress(page, { ...AMELIA, postcode: '10115', town: 'Berlin' });
    await page.getByLabel('Country').selectOption({ label: 'Germany' });
    const number = page.getByLabel('VAT number');
    for (const [typed, words] of [['DE12', /must look like DE136695976/], ['DE136695977', /has a slip in it/]] as const) {
      await number.fill(typed);
      await page.getByRole('button', { name: 'Continue to delivery' }).click();
      await expect(number).toHaveAccessibleDescription(words);
      await expect(number).toHaveValue(typed);
      await expect(page.getByLabel('Town or city')).toHaveValue('Berlin');
    }
    if (hasScripts(page)) {
      // The same rule, as soon as the field is left.
      await expect(async () => {
        await number.fill('DE136695976');
        await number.blur();
        await expect(number).not.toHaveAttribute('aria-invalid', { timeout: 1_000 });
      }).toPass();
      await page.getByLabel('Country').focus();
      await page.getByLabel('Country').selectOption({ label: 'France' });
      await page.getByLabel('Country').blur();
      await expect(number).toHaveAccessibleDescription(/must begin with FR/);
      await page.getByLabel('Country').selectOption({ label: 'Germany' });
    }
    await number.fill('de 136 695 976');
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await fillCard(page, CARDS.pays);
    await page.getByRole('button', { name: 'Continue to review' }).click();
    await expect(answerTo(page, 'Contact')).toContainText('VAT number DE136695976');
    await expect(summary(page)).toContainText('VAT is reverse-charged to you');
  });

  test('leads from the summary of mistakes to each field', { tag: '@no-script' }, async ({ page, goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    const mistakes = page.getByRole('alert').getByRole('link');
    await expect(mistakes).toHaveCount(5);
    await mistakes.filter({ hasText: 'Town or city' }).click();
    await expect(page).toHaveURL(/#city$/);
    await expect(page.getByLabel('Town or city')).toBeInViewport();
  });

  test('asks for the right keyboard and lets the browser fill in', async ({ page, goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    const fills = {
      'E-mail address': 'email',
      Telephone: 'tel',
      'Full name': 'name',
      Postcode: 'postal-code',
      'Town or city': 'address-level2',
      Country: 'country',
    };
    for (const [label, autocomplete] of Object.entries(fills)) {
      await expect(page.getByLabel(label)).toHaveAttribute('autocomplete', autocomplete);
    }
    await expect(page.getByLabel('Address', { exact: true })).toHaveAttribute('autocomplete', 'address-line1');
    await expect(page.getByLabel('E-mail address')).toHaveAttribute('type', 'email');
    await expect(page.getByLabel('Telephone')).toHaveAttribute('type', 'tel');
  });

  test('takes names from everywhere, and shows them as they are', { tag: '@no-script' }, async ({ page, goods }) => {
    const person = { ...AMELIA, name: 'Zoë <b>O’Brien</b> 王', address: 'Straße "Ä" & Søn 5', town: 'Łódź' };
    await addToCart(page, goods.plain());
    await reachReview(page, CARDS.pays, person);
    await expect(answerTo(page, 'Deliver to')).toContainText(`${person.name}, ${person.address}, ${person.town}`);
  });
});

test.describe('delivery', () => {
  test('by express costs more, and every total says so', { tag: '@no-script' }, async ({ page, goods }) => {
    const product = goods.plain(9);
    await addToCart(page, product);
    await reachReview(page);
    const standard = pence(await placeButton(page).innerText());
    await answerTo(page, 'Arrives').getByRole('link', { name: /^Change/ }).click();
    await page.getByRole('radio', { name: /Express delivery/ }).check();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    // The card is kept, so the review is next.
    await expect(heading(page)).toHaveText('Check and place your order');
    const express = product.first.pricePence + 7_95;
    expect(express).toBeGreaterThan(standard);
    await expect(amount(summary(page), 'Delivery')).toHaveText('£7.95');
    await expect(amount(summary(page), 'Total')).toHaveText(pounds(express));
    await expect(answerTo(page, 'Arrives')).toContainText('express delivery');
    const { totalPence } = await placeOrder(page);
    expect(totalPence).toBe(express);
    await expect(page.getByRole('main')).toContainText('Express delivery');
  });
});

test.describe('abroad', () => {
  test('a parcel is promised and priced by where it goes', { tag: '@no-script' }, async ({ page, goods }) => {
    const product = goods.plain(9);
    await addToCart(page, product);
    await page.goto('/cart');
    const inCart = page.getByRole('complementary', { name: 'Summary' });
    await expect(inCart).toContainText('Arrives in the United Kingdom');
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await fillAddress(page, { ...AMELIA, postcode: '100-0001', town: 'Tokyo' });
    await page.getByLabel('Country').selectOption({ label: 'Japan' });
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await expect(page.getByRole('radio')).toHaveCount(1);
    await expect(page.getByRole('main')).toContainText('Japan may ask you for import VAT and duty');
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await fillCard(page, CARDS.pays);
    await page.getByRole('button', { name: 'Continue to review' }).click();
    const total = product.first.pricePence + 19_95;
    await expect(amount(summary(page), 'Delivery')).toHaveText('£19.95');
    await expect(placeButton(page)).toHaveText(`Place order, ${pounds(total)}`);

    // The cart follows the address, and so does what a script counts.
    await page.goto('/cart');
    await expect(inCart).toContainText('Arrives in Japan');
    await press(line(page, product).getByRole('button', { name: 'One more' }));
    await expect(amount(inCart, 'Total')).toHaveText(pounds(2 * product.first.pricePence + 19_95));
    await expect(inCart).not.toContainText('more for free delivery');
  });
});

test.describe('steps', () => {
  test('can be revisited, and keep what was answered', { tag: '@no-script' }, async ({ page, goods }) => {
    await addToCart(page, goods.plain());
    await reachReview(page);
    const steps = page.getByRole('navigation', { name: 'Checkout steps' });
    await expect(steps.getByRole('listitem').filter({ hasText: 'Review' })).toHaveAttribute('aria-current', 'step');
    await steps.getByRole('link', { name: /^Address/ }).click();
    await expect(page.getByLabel('Full name')).toHaveValue(AMELIA.name);
    await page.getByLabel('Full name').fill('Amelia Stone');
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await expect(heading(page)).toHaveText('Check and place your order');
    await expect(answerTo(page, 'Deliver to')).toContainText('Amelia Stone');
    await steps.getByRole('link', { name: /^Payment/ }).click();
    await expect(page.getByRole('main')).toContainText('Card ending in 4242');
    await expect(page.getByLabel('Card number')).toBeHidden();
    await page.getByRole('link', { name: 'Continue to review' }).click();
    await expect(heading(page)).toHaveText('Check and place your order');
  });

  test('can not be skipped', { tag: '@no-script' }, async ({ page, goods }) => {
    for (const path of ['/checkout', '/checkout/address', '/checkout/review']) {
      await page.goto(path);
      await expect(page).toHaveURL('/cart');
    }
    await addToCart(page, goods.plain());
    for (const path of ['/checkout', '/checkout/delivery', '/checkout/payment', '/checkout/review']) {
      await page.goto(path);
      await expect(page).toHaveURL('/checkout/address');
    }
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await expect(heading(page)).toHaveText('When should it arrive?');
    await page.goto('/checkout/review');
    await expect(page).toHaveURL('/checkout/delivery');
  });
});

test.describe('payment', () => {
  test('tells which field of a card is wrong, and keeps no number', { tag: '@no-script' }, async ({ page, goods }) => {
    await addToCart(page, goods.plain());
    await page.goto('/checkout/address');
    await fillAddress(page);
    await page.getByRole('button', { name: 'Continue to delivery' }).click();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    const number = page.getByLabel('Card number');
    await expect(number).toHaveAttribute('autocomplete', 'cc-number');
    await expect(number).toHaveAttribute('inputmode', 'numeric');

    await fillCard(page, '1234 5678 9012 3456');
    await press(page.getByRole('button', { name: 'Continue to review' }));
    await expect(number).toBeFocused();
    await expect(number).toHaveAttribute('aria-invalid', 'true');
    await expect(number).toHaveAccessibleDescription(/one digit seems wrong/);
    const summary = page.getByRole('alert');
    await expect(summary).toContainText('One field needs your attention');
    await expect(summary.getByRole('link')).toHaveAttribute('href', '#number');
    expect(page.url()).not.toMatch(/3456/);
    if (hasScripts(page)) {
      // Nothing left the browser, so nothing is lost.
      await expect(number).toHaveValue('1234 5678 9012 3456');
      await expect(page.getByLabel('Name on the card')).toHaveValue(AMELIA.name);
      await expect(page.getByLabel('Valid until')).toHaveValue('12/39');
    } else {
      await expect(number).toHaveValue('');
    }

    await fillCard(page, CARDS.pays);
    await page.getByLabel('Valid until').fill('13/39');
    await page.getByRole('button', { name: 'Continue to review' }).click();
    await expect(page.getByLabel('Valid until')).toBeFocused();
    await expect(page.getByLabel('Valid until')).toHaveAccessibleDescription(/Give the month and year/);
  });

  test('that is declined charges nothing, and another card pays', { tag: '@no-script' }, async ({ page, goods }) => {
    const product = goods.plain(4);
    await addToCart(page, product);
    await reachReview(page, CARDS.declined);
    await placeButton(page).click();
    await expect(page.getByRole('alert')).toContainText('Your bank declined the card.');
    await expect(page.getByRole('alert')).toContainText('Nothing was charged and your cart is kept.');
    await expect(heading(page)).toHaveText('How will you pay?');
    await expect(summary(page)).toContainText(product.title);
    await fillCard(page, CARDS.pays);
    await page.getByRole('button', { name: 'Continue to review' }).click();
    await expect(answerTo(page, 'Deliver to')).toContainText(AMELIA.name);
    await expect(answerTo(page, 'Payment')).toContainText('4242');
    const { number } = await placeOrder(page);
    await findOrder(page, number, AMELIA.email);
    await expect(page.getByRole('listitem').filter({ hasText: 'Payment authorised' })).toBeVisible();
  });

  test('of a bank that answers late is finished all the same', async ({ page, goods }) => {
    await addToCart(page, goods.plain(5));
    await reachReview(page, CARDS.late);
    await placeButton(page).click();
    await expect(heading(page)).toHaveText(/^Thank you, Amelia\./);
    await page.getByRole('link', { name: 'Follow this order' }).click();
    await expect(page.getByRole('region', { name: 'Progress' })).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('listitem').filter({ hasText: 'Getting ready' })).toHaveAttribute('aria-current', 'step', { timeout: 1_000 });
    }).toPass();
  });
});

test.describe('an order', () => {
  test('is placed once, however often the button is pressed', async ({ page, store, goods }) => {
    await addToCart(page, goods.plain(6));
    await reachReview(page);
    const field = (name: string) => page.locator(`input[type=hidden][name=${name}]`).inputValue();
    const form = { key: await field('key'), seen: await field('seen'), reviewed: await field('reviewed') };
    const headers = { accept: 'text/html', origin: store.baseURL };
    const press = () => page.request.post('/api/checkout/orders', { form, headers, maxRedirects: 0 });
    const answers = await Promise.all([press(), press(), press()]);
    const leads = answers.map((answer) => answer.headers()['location']);
    expect(leads[0]).toMatch(/^\/orders\/CG-/);
    expect(new Set(leads).size).toBe(1);
    await placeButton(page).click();
    await expect(heading(page)).toHaveText(/^Thank you/);
    expect(leads[0]).toContain(new URL(page.url()).pathname);
  });

  test('is not placed again by going back', { tag: '@no-script' }, async ({ page, goods }) => {
    await addToCart(page, goods.plain(7));
    await reachReview(page);
    await placeOrder(page);
    await page.waitForLoadState();
    await page.goBack();
    await expect(heading(page)).toHaveText('Your cart is empty');
    await page.goForward();
    await expect(heading(page)).toHaveText(/^Thank you/);
    await page.reload();
    await expect(heading(page)).toHaveText(/^Thank you/);
    await expectUnitsInCart(page, 0);
  });

  test('is never charged another total than the one that was seen', { tag: '@no-script' }, async ({ page, goods }) => {
    await addToCart(page, goods.plain(8));
    await reachReview(page);
    const total = pence(await placeButton(page).innerText());
    await page.locator('input[type=hidden][name=seen]').evaluate((input: HTMLInputElement) => (input.value = '0.01 GBP'));
    await placeButton(page).click();
    await expect(page.getByRole('alert')).toContainText('The total has changed');
    await expect(page.getByRole('alert')).toContainText(`it is now ${pounds(total)}.`);
    await expect(page.getByRole('alert')).not.toContainText('£0.01');
    await expect(placeButton(page)).toHaveText(`Place order, ${pounds(total)}`);
    await placeOrder(page);
  });

  test('is not taken for what somebody else bought meanwhile', { tag: '@no-script' }, async ({ page, anotherShopper, goods }) => {
    const product = goods.scarce(1);
    const left = product.unitsLeft ?? 0;
    await addToCart(page, product, left);
    await reachReview(page);
    await addToCart(anotherShopper, product, left);
    await reachReview(anotherShopper, CARDS.pays, { ...AMELIA, name: 'Boris Vale', email: 'boris@example.org' });
    await placeOrder(anotherShopper);

    await placeButton(page).click();
    await expect(page).toHaveURL(/\/cart\?/);
    await expect(page.getByRole('main')).toContainText(/not enough is left|can't be bought as it is any more/);
    await expect(line(page, product)).toContainText('Sold out');
    await expect(page.getByRole('button', { name: 'Go to checkout' })).toBeDisabled();
    await page.goto(product.path);
    await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  });
});

import {
  add,
  type Goods,
  type Locator,
  type Product,
  addButton,
  amount,
  awake,
  cards,
  countOfResults,
  expect,
  expectUnitsInCart,
  pounds,
  press,
  standardDeliveryPence,
  test,
} from './shopper';

const A_DAY = /(Mon|Tues|Wednes|Thurs|Fri)day \d{1,2} [A-Z][a-z]+/;

/** A product that is not alone in its category. */
function neighbourly(goods: Goods): Product {
  const shelf = ({ categories }: Product) => categories.join(' > ');
  const found = goods.all.find((one) => goods.all.some((other) => other !== one && shelf(other) === shelf(one)));
  if (!found) throw new Error('every product of the store is alone in its category');
  return found;
}

/** The products that something leads to, each as often as it does. */
async function productsIn(place: Locator): Promise<string[]> {
  const links = await place.locator('a[href^="/products/"]').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
  return links.map((path) => path.replace('/products/', ''));
}

test.describe('home', () => {
  test('shows no product twice, and leads from its first button to what others liked', async ({ page }) => {
    await page.goto('/');
    const products = await productsIn(page.getByRole('main'));
    expect(products.length).toBeGreaterThan(20);
    expect(products).toEqual([...new Set(products)]);
    const pictures = await page.getByRole('main').locator('img').evaluateAll((all) => all.map((one) => (one as HTMLImageElement).src));
    expect(pictures).toEqual([...new Set(pictures)]);
    await page.getByRole('link', { name: 'See the best rated' }).click();
    await expect(page.getByRole('heading', { name: 'Best rated' })).toBeInViewport();
  });

  test('names every department in its header, as far as there is room', async ({ page, isMobile }) => {
    await page.goto('/');
    const row = page.getByRole('navigation', { name: 'Categories', exact: true });
    if (isMobile) {
      // Phones have the menu.
      await expect(row).toHaveCount(0);
      return;
    }
    const departments = row.getByRole('link');
    const tiles = page.getByRole('region', { name: 'Shop by category' }).getByRole('link');
    expect(await departments.allInnerTexts()).toEqual((await tiles.allInnerTexts()).map((name) => name.trim()));
    for (const department of await departments.all()) await expect(department).toBeInViewport({ ratio: 1 });
    // Where they don't fit, the row stays one line and scrolls to what has the focus.
    const height = (await row.boundingBox())?.height;
    await page.setViewportSize({ width: 1000, height: 800 });
    expect((await row.boundingBox())?.height).toBe(height);
    await departments.last().focus();
    await expect(departments.last()).toBeInViewport({ ratio: 1 });
  });

  test('leads to a category and to products', async ({ page, demo }) => {
    await page.goto('/');
    await expect(page.getByRole('main')).toContainText(`${demo?.products} products`);
    await expect(page.getByRole('region', { name: 'Best rated' }).getByRole('article')).not.toHaveCount(0);

    const tile = page.getByRole('region', { name: 'Shop by category' }).getByRole('link').first();
    const category = (await tile.innerText()).trim();
    await tile.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(category);
    await expect(page.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText(category);
    expect(await countOfResults(page)).toBeGreaterThan(0);
  });

  test('is one press away from everywhere', async ({ page, goods }) => {
    for (const path of [goods.plain().path, '/help/delivery', '/cart']) {
      await page.goto(path);
      await page.getByRole('banner').getByRole('link', { name: 'Cartograph, home' }).click();
      await expect(page).toHaveURL('/');
    }
  });
});

test.describe('product', () => {
  test('says what it costs, when it arrives, and where it stands', { tag: '@no-script' }, async ({ page, goods, isMobile }) => {
    const product = goods.plain();
    await page.goto(product.path);
    const main = page.getByRole('main');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.title);
    await expect(page).toHaveTitle(new RegExp(`– Cartograph$`));
    await expect(main).toContainText(pounds(product.first.pricePence));
    const delivery = standardDeliveryPence(product.first.pricePence);
    await expect(main).toContainText(delivery === 0 ? 'Free standard delivery' : `Delivery ${pounds(delivery)}`);
    await expect(main.getByText(/^Delivered/)).toHaveText(A_DAY);
    await expect(main.getByRole('status').filter({ hasText: 'In stock' })).toBeVisible();
    // A phone has room for the nearest shelf alone.
    for (const category of product.categories.slice(isMobile ? -1 : 0)) {
      await expect(page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: category })).toBeVisible();
    }
    await expect(main.getByRole('table').getByRole('row')).not.toHaveCount(0);
  });

  test('changes picture and address with the colour, without loading a page', async ({ page, goods }) => {
    const product = goods.coloured();
    await page.goto(product.path);
    const colours = page.getByRole('main').getByRole('group', { name: /^\w+: / }).first();
    const other = colours.getByRole('link').filter({ hasNotText: /sold out|not in this combination/ }).nth(1);
    const colour = (await other.innerText()).trim();
    const picture = page.getByRole('region', { name: 'Pictures' }).getByRole('img').first();
    const before = (await picture.getAttribute('src')) ?? '';
    await awake(other);
    const loaded: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loaded.push(request.url());
    });
    await other.click();
    await expect(colours).toHaveAccessibleName(new RegExp(`: ${colour}$`));
    await expect(colours.getByRole('link', { name: colour })).toHaveAttribute('aria-current', 'true');
    await expect(picture).not.toHaveAttribute('src', before);
    await expect(picture).toHaveJSProperty('complete', true);
    await expect(page).toHaveURL(/\?sku=/);
    expect(loaded).toEqual([]);

    await page.reload();
    await expect(colours).toHaveAccessibleName(new RegExp(`: ${colour}$`));
    await expect(picture).not.toHaveAttribute('src', before);
  });

  test('changes its price with the variant, and adds what was chosen', { tag: '@no-script' }, async ({ page, goods }) => {
    const { product, variant } = goods.dearer();
    await page.goto(product.first.path);
    const price = page.getByRole('article', { name: product.title });
    await expect(price).toContainText(pounds(product.first.pricePence));
    await press(page.locator(`a[href$="${new URL(variant.path, page.url()).search}"]`));
    await expect(price).toContainText(pounds(variant.pricePence));
    await expect(page).toHaveURL(variant.path);
    await add(page);
    await expectUnitsInCart(page, 1);
    await page.goto('/cart');
    const line = page.getByRole('region', { name: 'Items in your cart' }).getByRole('listitem');
    await expect(line).toContainText(variant.label);
    await expect(line).toContainText(pounds(variant.pricePence));
    await expect(amount(page.getByRole('complementary', { name: 'Summary' }), 'Items')).toHaveText(pounds(variant.pricePence));
  });

  test('marks a variant that is sold out, and still shows it', { tag: '@no-script' }, async ({ page, goods }) => {
    const { product, variant } = goods.partlySoldOut();
    await page.goto(product.first.path);
    const choice = page.locator(`a[href$="${new URL(variant.path, page.url()).search}"]`);
    await expect(choice).toContainText('sold out');
    await press(choice);
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Sold out' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
    await expect(addButton(page)).toHaveCount(0);
  });

  test('can not be bought once it is sold out', { tag: '@no-script' }, async ({ page, goods }) => {
    await page.goto(goods.soldOut().path);
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Sold out' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
    await expect(page.getByRole('main').getByText(/^Delivered/)).toHaveCount(0);
  });

  test('says how many are left when there are few', { tag: '@no-script' }, async ({ page, goods }) => {
    const product = goods.scarce();
    await page.goto(product.path);
    const status = page.getByRole('main').getByRole('status');
    await expect(status.filter({ hasText: `Only ${product.unitsLeft} left in stock` })).toBeVisible();
  });

  test('shows each picture, by keyboard as well', async ({ page, goods, isMobile }) => {
    await page.goto(goods.plain().path);
    const gallery = page.getByRole('region', { name: 'Pictures' });
    const frames = gallery.locator('li > .picture img');
    await expect(frames.first()).toBeInViewport();
    if (isMobile) {
      await frames.nth(1).scrollIntoViewIfNeeded();
    } else {
      await gallery.getByRole('radio', { name: 'Picture 1' }).focus();
      await page.keyboard.press('ArrowDown');
      await expect(frames.first()).toBeHidden();
    }
    await expect(frames.nth(1)).toBeInViewport();
    await expect(frames.nth(1)).not.toHaveJSProperty('naturalWidth', 0);
  });

  test('opens a picture in full size and stays on its page', { tag: '@no-script' }, async ({ page, goods }) => {
    await page.goto(goods.plain().path);
    await page.getByRole('button', { name: 'Open picture 1 in full size' }).click();
    const zoomed = page.getByRole('dialog');
    const picture = zoomed.getByRole('img').first();
    await expect(picture).toBeInViewport();
    await expect(picture).not.toHaveJSProperty('naturalWidth', 0);
    await expect.poll(async () => (await zoomed.boundingBox())?.width).toBe(page.viewportSize()?.width);
    await page.keyboard.press('Escape');
    await expect(zoomed).toBeHidden();
    await page.getByRole('button', { name: 'Open picture 1 in full size' }).click();
    await page.getByRole('button', { name: 'Close the pictures' }).click();
    await expect(zoomed).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`${goods.plain().path}$`));
  });

  test('magnifies a picture so that its details can be looked at', { tag: '@no-script' }, async ({ page, goods }) => {
    await page.goto(goods.plain().path);
    await page.getByRole('button', { name: 'Open picture 1 in full size' }).click();
    const picture = page.getByRole('dialog').getByRole('img').first();
    await expect(picture).toBeInViewport();
    const before = (await picture.boundingBox())?.width ?? Infinity;
    await picture.click();
    await expect.poll(async () => (await picture.boundingBox())?.width).toBeGreaterThanOrEqual(2 * before);
    const frame = page.locator('.zoomed__picture').first();
    const reach = () => frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    await expect.poll(reach).toBeGreaterThanOrEqual(before);
    await frame.hover();
    await page.mouse.wheel(0, 100);
    await expect.poll(() => frame.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
    await page.getByRole('checkbox', { name: 'Magnify' }).first().press('Space');
    await expect.poll(reach).toBe(0);
  });

  test('shows its pictures one after another in full size, by keys and buttons', async ({ page, goods }) => {
    await page.goto(goods.plain().path);
    await awake(addButton(page));
    const frames = page.getByRole('region', { name: 'Pictures' }).locator('.gallery__frames > li');
    const count = await frames.count();
    expect(count).toBeGreaterThan(2);
    const zoomed = page.getByRole('dialog');
    const shows = (place: number) => expect(zoomed.getByText(`${place} of ${count}`)).toBeInViewport();
    await page.getByRole('button', { name: 'Open picture 1 in full size' }).click();
    await shows(1);
    await page.keyboard.press('ArrowRight');
    await shows(2);
    await page.keyboard.press('ArrowLeft');
    await shows(1);
    await zoomed.getByRole('link', { name: 'Next picture' }).first().click();
    await shows(2);
    await zoomed.getByRole('link', { name: 'Picture before' }).first().click();
    await shows(1);
    await expect(page).toHaveURL(goods.plain().path);
  });

  test('opens the picture that was pressed, and counts them on phones', async ({ page, goods, isMobile }) => {
    await page.goto(goods.plain().path);
    await awake(addButton(page));
    const gallery = page.getByRole('region', { name: 'Pictures' });
    const count = await gallery.locator('.gallery__frames > li').count();
    const second = gallery.locator('.gallery__frames > li').nth(1);
    if (isMobile) {
      await expect(gallery.locator('.gallery__frames').getByText(`1 of ${count}`)).toBeInViewport();
      await second.scrollIntoViewIfNeeded();
      await expect(second.getByText(`2 of ${count}`)).toBeInViewport();
    } else {
      await gallery.getByRole('radio', { name: 'Picture 1' }).focus();
      await page.keyboard.press('ArrowDown');
    }
    await second.getByRole('button', { name: 'Open picture 2 in full size' }).click();
    await expect(page.getByRole('dialog').getByText(`2 of ${count}`)).toBeInViewport();
  });

  test('lets nobody buy a size that they did not choose', { tag: '@no-script' }, async ({ page, goods, isMobile }) => {
    const product = goods.sized();
    await page.goto(product.path);
    const sizes = page.getByRole('group', { name: /not chosen yet$/ });
    await expect(sizes.getByRole('link').first()).toBeVisible();
    await expect(sizes.locator('[aria-current]')).toHaveCount(0);
    const asked = page.locator('#fit-error');
    await expect(asked).toBeHidden();
    await page.getByLabel('Quantity', { exact: true }).fill('2');
    await press(addButton(page));
    await expect(asked).toBeVisible();
    await expect(asked).toHaveText(/^Choose an? /);
    await expect(sizes.getByRole('link').first()).toBeFocused();
    await expect(page.getByLabel('Quantity', { exact: true })).toHaveValue('2');
    await expectUnitsInCart(page, 0);
    if (isMobile) await expect(page.locator('#offer-bar')).toContainText((await asked.innerText()).trim());

    await press(sizes.getByRole('link').first());
    await expect(asked).toBeHidden();
    await expect(page).toHaveURL(/\?sku=/);
    const offer = product.offers.find(({ path }) => page.url().endsWith(path));
    if (isMobile) await expect(page.locator('#offer-bar')).toContainText(offer?.label ?? 'a size');
    await add(page);
    await page.goto('/cart');
    await expect(page.getByRole('region', { name: 'Items in your cart' }).getByRole('listitem')).toContainText(offer?.label ?? 'a size');
  });

  test('changes the colour without choosing a size', { tag: '@no-script' }, async ({ page, goods }) => {
    const product = goods.sized();
    await page.goto(product.path);
    const colours = page.getByRole('main').getByRole('group', { name: /^\w+: / }).first();
    const other = colours.getByRole('link').filter({ hasNotText: /sold out|not in this combination/ }).nth(1);
    const colour = (await other.innerText()).trim();
    await press(other);
    await expect(page).toHaveURL(/\?look=/);
    await expect(page.getByRole('group', { name: new RegExp(`: ${colour}$`) })).toBeVisible();
    await expect(page.getByRole('group', { name: /not chosen yet$/ })).toBeVisible();
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', new RegExp(`${product.path}$`));
  });

  test('says that nobody has rated it, or where its rating comes from', async ({ goods, request }) => {
    const words = async ({ path }: Product) => ((await (await request.get(path)).text()).match(/No ratings yet|Imported with the product|href="#reviews"/) ?? [])[0];
    const found = await Promise.all(goods.all.slice(0, 40).map(words));
    expect(new Set(found)).toEqual(new Set(['No ratings yet', 'Imported with the product', 'href="#reviews"']));
  });

  test('leads on to its neighbours', async ({ page, goods }) => {
    const product = neighbourly(goods);
    await page.goto(product.path);
    const shelf = page.getByRole('region', { name: 'Similar things' });
    await expect(shelf.getByRole('link', { name: product.title, exact: true })).toHaveCount(0);
    const neighbour = shelf.getByRole('heading', { level: 3 }).getByRole('link');
    const title = await neighbour.first().innerText();
    await neighbour.first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  });
});

test('the site map leads to every product', async ({ goods, demo }) => {
  expect(goods.all).toHaveLength(demo?.products ?? 0);
});

test.describe('an address without a page', () => {
  test.use({ expectedConsole: [/status of 404/] });

  for (const path of ['/products/no-such-lamp', '/c/no-such-shelf', '/nothing/here', '/help/no-such-topic']) {
    test(`is told at ${path}, with ways on`, { tag: '@no-script' }, async ({ page }) => {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address');
      await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
      await page.getByRole('main').getByRole('searchbox').fill('lamp');
      await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
      await page.waitForURL(/\/search\?q=lamp$/);
      await page.goBack();
      await page.getByRole('region', { name: 'Shop by category' }).getByRole('link').first().click();
      await expect(cards(page)).not.toHaveCount(0);
    });
  }
});

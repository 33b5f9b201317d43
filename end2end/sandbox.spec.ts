// The sandbox, called by Stripe's own library for Node.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import Stripe from 'stripe';
import { start } from './store';

const WEBHOOK_SECRET = 'whsec_end2end';

/** What a store is told, with its signature checked by Stripe's library. */
type Told = { events: () => Stripe.Event[] };

const test = base.extend<{ stripe: Stripe; address: string; told: Told }, { sandbox: { address: string; told: Told } }>({
  sandbox: [
    async ({}, use) => {
      const events: Stripe.Event[] = [];
      const store = await listen(events);
      const { port } = store.address() as AddressInfo;
      const folder = await mkdtemp(join(tmpdir(), 'cartograph-sandbox-'));
      const webhooks = ['--sandbox-webhook-url', `http://127.0.0.1:${port}/hooks`, '--sandbox-webhook-secret', WEBHOOK_SECRET];
      const sandbox = await start('sandbox', '--sandbox-listen', '127.0.0.1:0', '--sandbox-data', folder, ...webhooks);
      await use({ address: sandbox.baseURL, told: { events: () => events } });
      await sandbox.stop();
      store.close();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  told: async ({ sandbox }, use) => use(sandbox.told),
  address: async ({ sandbox }, use) => use(sandbox.address),
  stripe: async ({ sandbox }, use) => {
    const { hostname, port } = new URL(sandbox.address);
    await use(new Stripe('sk_test_end2end', { host: hostname, port: Number(port), protocol: 'http', maxNetworkRetries: 0 }));
  },
});

function listen(events: Stripe.Event[]): Promise<Server> {
  const stripe = new Stripe('sk_test_end2end');
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      events.push(stripe.webhooks.constructEvent(body, request.headers['stripe-signature'] ?? '', WEBHOOK_SECRET));
      response.end();
    });
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

const HELD = {
  amount: 5000,
  currency: 'gbp',
  capture_method: 'manual',
  payment_method: 'pm_card_visa',
  confirm: true,
  metadata: { order: 'order-1' },
} as const;

function eventsOf(told: Told, intent: string): string[] {
  const isAbout = ({ data }: Stripe.Event) => {
    const object = data.object as { id?: string; payment_intent?: string };
    return object.id === intent || object.payment_intent === intent;
  };
  return told.events().filter(isAbout).map(({ type }) => type);
}

test('creates, confirms, captures a part, refunds parts, and tells of each', { tag: '@no-script-only' }, async ({ stripe, told }) => {
  const created = await stripe.paymentIntents.create({ amount: 5000, currency: 'gbp', capture_method: 'manual' });
  expect([created.object, created.status]).toEqual(['payment_intent', 'requires_payment_method']);
  const method = await stripe.paymentMethods.create({
    type: 'card',
    card: { number: '4242424242424242', exp_month: 12, exp_year: 2039, cvc: '123' },
  });
  const confirmed = await stripe.paymentIntents.confirm(created.id, { payment_method: method.id });
  expect([confirmed.status, confirmed.amount_capturable]).toEqual(['requires_capture', 5000]);
  const captured = await stripe.paymentIntents.capture(created.id, { amount_to_capture: 3000, metadata: { what: 'lamp' } });
  expect([captured.status, captured.amount_received, captured.amount_capturable]).toEqual(['succeeded', 3000, 0]);
  expect((await stripe.paymentIntents.retrieve(created.id)).metadata).toEqual({ what: 'lamp' });
  const first = await stripe.refunds.create({ payment_intent: created.id, amount: 1000 });
  const second = await stripe.refunds.create({ payment_intent: created.id, amount: 2000, metadata: { why: 'broken' } });
  expect([first.status, first.amount, second.amount]).toEqual(['succeeded', 1000, 2000]);
  expect((await stripe.refunds.retrieve(second.id)).metadata).toEqual({ why: 'broken' });
  const listed = await stripe.refunds.list({ payment_intent: created.id });
  expect([listed.has_more, listed.data.map(({ id }) => id)]).toEqual([false, [second.id, first.id]]);
  const newest = await stripe.refunds.list({ payment_intent: created.id, limit: 1 });
  expect([newest.has_more, newest.data[0]?.metadata]).toEqual([true, { why: 'broken' }]);
  const more = await stripe.refunds.create({ payment_intent: created.id, amount: 1 }).catch((error: unknown) => error);
  expect(more).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  // What is told at once of one refund may arrive in either order.
  await expect.poll(() => eventsOf(told, created.id).sort()).toEqual([
    'charge.refunded',
    'charge.refunded',
    'payment_intent.amount_capturable_updated',
    'payment_intent.succeeded',
    'refund.created',
    'refund.created',
  ]);
});

test('answers the same under a key, and finds what it holds', { tag: '@no-script-only' }, async ({ stripe }) => {
  const key = { idempotencyKey: crypto.randomUUID() };
  const order = crypto.randomUUID();
  const held = { ...HELD, metadata: { order } };
  const once = await stripe.paymentIntents.create(held, key);
  const again = await stripe.paymentIntents.create(held, key);
  expect([again.id, again.status]).toEqual([once.id, 'requires_capture']);
  const other = await stripe.paymentIntents.create({ ...held, amount: 1 }, key).catch((error: unknown) => error);
  expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  const found = await stripe.paymentIntents.search({ query: `metadata['order']:'${order}'` });
  expect(found.data.map(({ id }) => id)).toEqual([once.id]);
  const refundKey = { idempotencyKey: crypto.randomUUID() };
  await stripe.paymentIntents.capture(once.id);
  const refunds = await Promise.all(
    [1, 2, 3].map(() => stripe.refunds.create({ payment_intent: once.id, amount: 3000 }, refundKey)),
  );
  expect(new Set(refunds.map(({ id }) => id)).size).toBe(1);
});

test('sees a decline as an error of the card', { tag: '@no-script-only' }, async ({ stripe }) => {
  for (const [payment_method, code, decline_code] of [
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ] as const) {
    const error = await stripe.paymentIntents.create({ ...HELD, payment_method }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    const { code: seen, decline_code: reason, payment_intent } = error as Stripe.errors.StripeCardError;
    expect([seen, reason, payment_intent?.status]).toEqual([code, decline_code, 'requires_payment_method']);
  }
  const unknown = await stripe.paymentIntents.retrieve('pi_unknown').catch((error: unknown) => error);
  expect(unknown).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 404, code: 'resource_missing' });
});

test('gives a hold up once and for all', { tag: '@no-script-only' }, async ({ stripe }) => {
  const { id } = await stripe.paymentIntents.create(HELD);
  expect((await stripe.paymentIntents.cancel(id)).status).toBe('canceled');
  const again = await stripe.paymentIntents.cancel(id).catch((error: unknown) => error);
  expect(again).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'canceled' } });
  await expect(stripe.paymentIntents.capture(id)).rejects.toThrow(/canceled/);
});

test('challenges a shopper, who confirms it', { tag: '@no-script-only' }, async ({ stripe, told, page }) => {
  const challenged = await stripe.paymentIntents.create({
    ...HELD,
    payment_method: 'pm_card_authenticationRequired',
    return_url: 'http://127.0.0.1:9/back?order=1',
  });
  expect(challenged.status).toBe('requires_action');
  await page.goto(challenged.next_action?.redirect_to_url?.url ?? '');
  const leaving = page.waitForRequest(/127\.0\.0\.1:9\/back/);
  await page.getByRole('button', { name: 'Confirm the payment' }).click();
  const back = new URL((await leaving).url()).searchParams;
  expect(Object.fromEntries(back)).toEqual({ order: '1', payment_intent: challenged.id, redirect_status: 'succeeded' });
  expect((await stripe.paymentIntents.retrieve(challenged.id)).status).toBe('requires_capture');
  await expect.poll(() => eventsOf(told, challenged.id)).toContain('payment_intent.amount_capturable_updated');
});

test('serves nobody without a key for tests', { tag: '@no-script-only' }, async ({ address }) => {
  for (const key of ['', 'sk_live_1']) {
    const answer = await fetch(`${address}/v1/payment_intents/pi_1`, { headers: { authorization: `Bearer ${key}` } });
    expect([answer.status, (await answer.json()).error.type]).toEqual([401, 'invalid_request_error']);
  }
});

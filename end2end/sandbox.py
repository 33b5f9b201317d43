"""The sandbox, called by Stripe's own library for Python. From the top of the repository:

    python3 -m venv /tmp/stripe && /tmp/stripe/bin/pip install -q stripe && /tmp/stripe/bin/python end2end/sandbox.py target/release/cartograph

Opens a sandbox of its own on a free port, says each thing that holds, and ends with 1 at the first one that does not.
"""

import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import stripe

KEY = "sk_test_python"
WEBHOOK_SECRET = "whsec_python"
OPEN_LINE = "The sandbox is open at "
TOLD_WITHIN_S = 10
HELD = {"amount": 5000, "currency": "gbp", "capture_method": "manual", "payment_method": "pm_card_visa", "confirm": True}


class Told:
    """What a store is told, as Stripe's library lets it through."""

    def __init__(self):
        self.events = []
        self.signed = None
        told = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                told.signed = (body, self.headers["stripe-signature"])
                told.events.append(stripe.Webhook.construct_event(*told.signed, WEBHOOK_SECRET))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, intent, *expected):
        """Waits until a store was told just this of a payment: as with Stripe, in any order."""
        end = time.monotonic() + TOLD_WITHIN_S
        while not (is_told := sorted(self.kinds_of(intent)) == sorted(expected)) and time.monotonic() < end:
            time.sleep(0.02)
        return is_told

    def kinds_of(self, intent):
        about = lambda thing: intent in (thing.id, getattr(thing, "payment_intent", None))
        return [event.type for event in list(self.events) if about(event.data.object)]


@contextmanager
def sandbox(binary, told):
    with tempfile.TemporaryDirectory() as folder:
        hook = f"http://127.0.0.1:{told.server.server_port}/"
        arguments = ["--sandbox-listen", "127.0.0.1:0", "--sandbox-data", folder, "--sandbox-key", KEY]
        webhooks = ["--sandbox-webhook-url", hook, "--sandbox-webhook-secret", WEBHOOK_SECRET]
        process = subprocess.Popen([binary, "sandbox", *arguments, *webhooks], stdout=subprocess.PIPE, text=True)
        try:
            line = process.stdout.readline().strip()
            assert line.startswith(OPEN_LINE), f"the sandbox did not open: {line!r}"
            yield line.removeprefix(OPEN_LINE)
        finally:
            process.terminate()
            process.wait()


def holds(what, is_so):
    print(f"{'holds' if is_so else 'FAILS'}: {what}")
    if not is_so:
        sys.exit(1)


def refusal(kind, call, *arguments, **parameters):
    """The error of a call that is refused; of another kind, or none, nothing holds."""
    try:
        call(*arguments, **parameters)
    except kind as error:
        return error
    holds(f"{call.__qualname__} is refused by {kind.__name__}", False)


def captures_and_refunds(told):
    intent = stripe.PaymentIntent.create(amount=5000, currency="gbp", capture_method="manual")
    holds("a payment is created without a way to pay", intent.status == "requires_payment_method")
    card = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2039, "cvc": "123"}
    method = stripe.PaymentMethod.create(type="card", card=card)
    intent = stripe.PaymentIntent.confirm(intent.id, payment_method=method.id)
    holds("it is confirmed and holds all", (intent.status, intent.amount_capturable) == ("requires_capture", 5000))
    intent = stripe.PaymentIntent.capture(intent.id, amount_to_capture=3000, metadata={"what": "lamp"})
    holds("a part is captured", (intent.status, intent.amount_received) == ("succeeded", 3000))
    holds("what was noted with it is kept", stripe.PaymentIntent.retrieve(intent.id).metadata["what"] == "lamp")
    first = stripe.Refund.create(payment_intent=intent.id, amount=1000)
    second = stripe.Refund.create(payment_intent=intent.id, amount=2000, metadata={"why": "broken"})
    holds("parts are refunded", (first.status, first.amount, second.amount) == ("succeeded", 1000, 2000))
    listed = stripe.Refund.list(payment_intent=intent.id)
    holds("refunds are listed, the newest first", [refund.id for refund in listed.data] == [second.id, first.id])
    more = refusal(stripe.InvalidRequestError, stripe.Refund.create, payment_intent=intent.id, amount=1)
    holds("no more is refunded than was captured", more.http_status == 400)
    refunded = ("refund.created", "charge.refunded") * 2
    kinds = ("payment_intent.amount_capturable_updated", "payment_intent.succeeded", *refunded)
    holds("the store is told of each, signed", told.of(intent.id, *kinds))


def answers_the_same_under_a_key():
    key, order = str(uuid.uuid4()), str(uuid.uuid4())
    held = {**HELD, "metadata": {"order": order}}
    once = stripe.PaymentIntent.create(**held, idempotency_key=key)
    again = stripe.PaymentIntent.create(**held, idempotency_key=key)
    holds("a key holds money once", (again.id, again.status) == (once.id, "requires_capture"))
    refusal(stripe.IdempotencyError, stripe.PaymentIntent.create, **{**held, "amount": 1}, idempotency_key=key)
    holds("another question under the key is refused", True)
    found = stripe.PaymentIntent.search(query=f"metadata['order']:'{order}'")
    holds("a payment is found by its order", [intent.id for intent in found.data] == [once.id])
    stripe.PaymentIntent.capture(once.id)
    refund = {"payment_intent": once.id, "amount": 3000, "idempotency_key": str(uuid.uuid4())}
    refunds = {stripe.Refund.create(**refund).id for _ in range(3)}
    holds("a key refunds once", len(refunds) == 1)


def declines():
    for method, code, decline_code in [
        ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
    ]:
        error = refusal(stripe.CardError, stripe.PaymentIntent.create, **{**HELD, "payment_method": method})
        seen = (error.code, error.error.decline_code, error.error.payment_intent.status)
        holds(f"{method} is declined", seen == (code, decline_code, "requires_payment_method"))
    unknown = refusal(stripe.InvalidRequestError, stripe.PaymentIntent.retrieve, "pi_unknown")
    holds("an unknown payment is missing", (unknown.http_status, unknown.code) == (404, "resource_missing"))
    refusal(stripe.AuthenticationError, stripe.PaymentIntent.retrieve, "pi_unknown", api_key="sk_live_1")
    holds("another key is refused", True)


def gives_up():
    intent = stripe.PaymentIntent.create(**HELD)
    holds("a hold is given up", stripe.PaymentIntent.cancel(intent.id).status == "canceled")
    again = refusal(stripe.InvalidRequestError, stripe.PaymentIntent.cancel, intent.id)
    holds("once and for all", again.code == "payment_intent_unexpected_state")


def challenges(told):
    back = "http://127.0.0.1:9/back?order=1"
    challenged = {**HELD, "payment_method": "pm_card_authenticationRequired", "return_url": back}
    intent = stripe.PaymentIntent.create(**challenged)
    holds("a challenge asks for action", (intent.status, intent.next_action.type) == ("requires_action", "redirect_to_url"))

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    try:
        page = intent.next_action.redirect_to_url.url
        urllib.request.build_opener(Stay).open(page, data=b"answer=confirm")
        location = ""
    except urllib.error.HTTPError as answer:
        location = answer.headers.get("location", "")
    returned = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
    expected = {"order": "1", "payment_intent": intent.id, "redirect_status": "succeeded"}
    holds("the shopper's answer leads back to the store", location.startswith(back) and returned == expected)
    holds("and then the money is held", stripe.PaymentIntent.retrieve(intent.id).status == "requires_capture")
    kinds = ("payment_intent.requires_action", "payment_intent.amount_capturable_updated")
    holds("of which the store is told", told.of(intent.id, *kinds))


def signatures(told):
    body, signature = told.signed
    event = stripe.Webhook.construct_event(body, signature, WEBHOOK_SECRET)
    holds("a signed webhook is believed", event.object == "event")
    wrong = [(body + b" ", signature, WEBHOOK_SECRET), (body, signature, "whsec_wrong"), (body, "t=1,v1=00", WEBHOOK_SECRET)]
    for payload, header, secret in wrong:
        parameters = {"payload": payload, "sig_header": header, "secret": secret}
        refusal(stripe.SignatureVerificationError, stripe.Webhook.construct_event, **parameters)
    holds("another body, secret or signature is not", True)


def main():
    told = Told()
    with sandbox(sys.argv[1] if len(sys.argv) > 1 else "target/release/cartograph", told) as address:
        stripe.api_key, stripe.api_base, stripe.max_network_retries = KEY, address, 0
        captures_and_refunds(told)
        answers_the_same_under_a_key()
        declines()
        gives_up()
        challenges(told)
        signatures(told)
    print(f"All holds with Stripe's library {stripe.VERSION}.")


if __name__ == "__main__":
    main()

-- What was paid back of what a customer had paid of an invoice.
ALTER TABLE invoices ADD COLUMN repaid_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (repaid_minor_units >= 0);

-- What was refunded of paid invoices was posted as if customers owed less than nothing: another posting says that it
-- is owed back to them. It comes right after the last one of its order.
INSERT INTO ledger_postings (id, order_id, kind, movement_id, posted_at)
SELECT MAX(ledger_postings.id) || '-owed', ledger_postings.order_id, 'correction', '', MAX(ledger_postings.posted_at)
FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
WHERE account = 'receivable' AND layer = 'posted'
GROUP BY ledger_postings.order_id HAVING SUM(minor_units) < 0;

INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
SELECT correction.id, 0, 'receivable', 'posted', currency, CAST(-SUM(minor_units) AS BIGINT)
FROM ledger_postings AS correction JOIN ledger_postings AS wrong ON wrong.order_id = correction.order_id
    JOIN ledger_entries ON ledger_entries.posting_id = wrong.id
WHERE correction.kind = 'correction' AND account = 'receivable' AND layer = 'posted'
GROUP BY correction.id, currency;

INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
SELECT posting_id, 1, 'payable', 'posted', currency, -minor_units
FROM ledger_entries JOIN ledger_postings ON ledger_postings.id = ledger_entries.posting_id
WHERE kind = 'correction';

-- A part of the sums that nobody else writes.
INSERT INTO ledger_sums (account, layer, currency, part, minor_units)
SELECT account, layer, currency, -1, CAST(SUM(minor_units) AS BIGINT)
FROM ledger_entries JOIN ledger_postings ON ledger_postings.id = ledger_entries.posting_id
WHERE kind = 'correction' GROUP BY account, layer, currency;

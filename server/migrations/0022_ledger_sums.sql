-- What each account of the ledger holds, summed up in the transactions that write its entries. A sum is the
-- sum of its parts: those who post at the same time write different ones, and none waits for another.
CREATE TABLE ledger_sums (
    account TEXT NOT NULL,
    layer TEXT NOT NULL,
    currency TEXT NOT NULL,
    part BIGINT NOT NULL,
    minor_units BIGINT NOT NULL,
    PRIMARY KEY (account, layer, currency, part)
);

INSERT INTO ledger_sums (account, layer, currency, part, minor_units)
SELECT account, layer, currency, 0, CAST(SUM(minor_units) AS BIGINT)
FROM ledger_entries GROUP BY account, layer, currency;

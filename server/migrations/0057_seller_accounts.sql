-- What was sold for others is owed to each of them: an account for each, of which there were none before.
ALTER TABLE ledger_entries ADD COLUMN seller TEXT;

CREATE TABLE kept_sums (
    account TEXT NOT NULL,
    -- Empty but for the accounts of sellers.
    seller TEXT NOT NULL DEFAULT '',
    layer TEXT NOT NULL,
    currency TEXT NOT NULL,
    part BIGINT NOT NULL,
    minor_units BIGINT NOT NULL,
    PRIMARY KEY (account, seller, layer, currency, part)
);
INSERT INTO kept_sums (account, layer, currency, part, minor_units)
SELECT account, layer, currency, part, minor_units FROM ledger_sums;
DROP TABLE ledger_sums;
ALTER TABLE kept_sums RENAME TO ledger_sums;

-- Letters that shoppers asked for, each to be written once; its alert is deleted then. Who has no account confirms it
-- by a link first: it is `asked` until then, `waiting` from then on, and `due` when its letter is on its way.
CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    -- A hash of the account or of the e-mail address: the same for all that one of them asked for.
    owner TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    -- Of somebody without an account.
    email TEXT,
    sku TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stock', 'price')),
    awaited TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'waiting', 'due')),
    -- Of the link that confirms it.
    token_hash TEXT,
    asked_at TEXT NOT NULL,
    -- A row is of no use after its moment.
    until_ms BIGINT NOT NULL,
    CHECK ((account_id IS NULL) = (email IS NOT NULL)),
    CHECK ((token_hash IS NOT NULL) = (state = 'asked'))
);
CREATE UNIQUE INDEX alerts_owner ON alerts (owner, sku, kind) WHERE state <> 'asked';
CREATE INDEX alerts_waiting ON alerts (sku, id) WHERE state = 'waiting';
CREATE INDEX alerts_account ON alerts (account_id);
CREATE UNIQUE INDEX alerts_token ON alerts (token_hash);
CREATE INDEX alerts_until ON alerts (until_ms);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    -- The e-mail address in lower case: a person has one, however it is typed.
    email_key TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('customer', 'operator')),
    -- An Argon2id hash with its salt and costs, in the form of the PHC strings.
    password_hash TEXT NOT NULL,
    cart_id TEXT NOT NULL,
    opened_at TEXT NOT NULL
);

-- Of a session's or a link's token only the hash is kept: whoever reads the table can't be anybody.
CREATE TABLE account_sessions (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    device TEXT NOT NULL,
    opened_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL
);
CREATE INDEX account_sessions_account ON account_sessions (account_id, seen_ms);

CREATE TABLE account_links (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('register', 'reset', 'change_email')),
    email TEXT NOT NULL,
    -- None for a link that opens an account.
    account_id TEXT REFERENCES accounts (id),
    until_ms BIGINT NOT NULL
);
CREATE INDEX account_links_account ON account_links (account_id);

CREATE TABLE saved_addresses (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    is_default BIGINT NOT NULL CHECK (is_default IN (0, 1)),
    document TEXT NOT NULL
);
CREATE INDEX saved_addresses_account ON saved_addresses (account_id);

-- The subject is a hash of who or what is counted. A row is of no use after its moment.
CREATE TABLE account_attempts (
    subject TEXT PRIMARY KEY,
    attempts BIGINT NOT NULL,
    until_ms BIGINT NOT NULL
);
CREATE INDEX account_attempts_until ON account_attempts (until_ms);

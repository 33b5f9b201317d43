-- What else an account is signed in to with: passkeys, and codes of an app after the password.
CREATE TABLE account_passkeys (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- What the device calls it (base 64): no two accounts have it.
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- The public key, the counter and whether it is backed up, as JSON of the library that proves it.
    document TEXT NOT NULL,
    added_ms BIGINT NOT NULL,
    used_ms BIGINT
);
CREATE INDEX account_passkeys_account ON account_passkeys (account_id, added_ms);

-- What a browser was asked, until it answers, once, or until a moment (milliseconds since 1970).
CREATE TABLE account_ceremonies (
    token_hash TEXT PRIMARY KEY,
    -- The account that gets a passkey; none where somebody signs in.
    account_id TEXT REFERENCES accounts (id),
    name TEXT,
    options TEXT NOT NULL,
    state TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);
CREATE INDEX account_ceremonies_until ON account_ceremonies (until_ms);
CREATE INDEX account_ceremonies_account ON account_ceremonies (account_id);

-- The key is kept as it is (base 32), for every code is computed from it: treat the database like the keys of the
-- house. Alone it opens nothing: the password comes first.
CREATE TABLE account_totp (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    secret TEXT NOT NULL,
    -- 0 until a first code proved that it was taken over.
    is_on BIGINT NOT NULL CHECK (is_on IN (0, 1)),
    -- The step of the last code that was used: none before it is good any more.
    last_step BIGINT NOT NULL DEFAULT 0,
    made_ms BIGINT NOT NULL
);

CREATE TABLE account_recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- Whose password was right and who has to type a code yet. Of a token only the hash is kept, as of a session's.
CREATE TABLE account_half_signed_in (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    until_ms BIGINT NOT NULL
);
CREATE INDEX account_half_signed_in_until ON account_half_signed_in (until_ms);
CREATE INDEX account_half_signed_in_account ON account_half_signed_in (account_id);

-- What the sandbox gateway has let go of.
ALTER TABLE sandbox_authorizations ADD COLUMN voided BIGINT NOT NULL DEFAULT 0 CHECK (voided IN (0, 1));

-- A saga that an operator has to look at is not taken up again by itself.
ALTER TABLE sagas ADD COLUMN set_aside BIGINT NOT NULL DEFAULT 0 CHECK (set_aside IN (0, 1));

-- An event that failed is not tried again before this moment (milliseconds since 1970).
ALTER TABLE outbox ADD COLUMN not_before_ms BIGINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_key ON outbox (key, id);

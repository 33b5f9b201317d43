-- Who may do something, and until when that is believed without hearing from them again
-- (milliseconds since 1970).
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);

-- The server that drives the saga: nobody else does as long as the lease of its name lasts.
ALTER TABLE sagas ADD COLUMN taken_by TEXT;
-- How often in a row faults within the store held it up, the last of them, and the moment before
-- which it is not taken up again (milliseconds since 1970).
ALTER TABLE sagas ADD COLUMN held_up BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sagas ADD COLUMN last_error TEXT;
ALTER TABLE sagas ADD COLUMN not_before_ms BIGINT NOT NULL DEFAULT 0;

-- Why an event was not delivered the last time.
ALTER TABLE outbox ADD COLUMN last_error TEXT;

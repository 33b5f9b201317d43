-- Whether something happened to the payment since the saga was taken up: whoever drives it may have looked before.
ALTER TABLE sagas ADD COLUMN heard BIGINT NOT NULL DEFAULT 0 CHECK (heard IN (0, 1));

-- What a customer has paid of an invoice by a transfer.
ALTER TABLE invoices ADD COLUMN paid_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (paid_minor_units >= 0);

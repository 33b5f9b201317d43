-- Whose a use of a promotion is, its order says: the e-mail address and the account are looked up there.
DROP INDEX redemptions_customer;
ALTER TABLE redemptions DROP COLUMN customer;

-- What a promotion takes off is counted beside how often, for those that may only take off so much in all. Of uses from
-- before nobody counted it.
ALTER TABLE redemptions ADD COLUMN discount_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (discount_minor_units >= 0);
ALTER TABLE redemptions ADD COLUMN currency TEXT NOT NULL DEFAULT '';
-- None without a budget. An operator may make it less than what is spent.
ALTER TABLE promotions ADD COLUMN budget_minor_units BIGINT CHECK (budget_minor_units > 0);
ALTER TABLE promotions ADD COLUMN budget_currency TEXT;
ALTER TABLE promotions ADD COLUMN spent_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (spent_minor_units >= 0);
-- Whom it is for: that an order is the first one is looked at once more when it is placed.
ALTER TABLE promotions ADD COLUMN customers TEXT NOT NULL DEFAULT 'everyone'
    CHECK (customers IN ('everyone', 'accounts', 'new', 'business'));

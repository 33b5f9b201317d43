-- Whose a use of a promotion is, its order says: the e-mail address and the account are looked up there.
DROP INDEX redemptions_customer;
ALTER TABLE redemptions DROP COLUMN customer;

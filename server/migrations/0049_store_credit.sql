-- Store credit is kept as a gift card that has no code and belongs to an account, one for each currency.
ALTER TABLE gift_cards ADD COLUMN account_id TEXT;
CREATE UNIQUE INDEX gift_cards_account ON gift_cards (account_id, currency);
-- Why the store gave it, for who has it; none of what orders hold.
ALTER TABLE gift_card_movements ADD COLUMN reason TEXT;

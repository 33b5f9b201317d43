use crate::audit::Rule;

/// What must hold of the ledger. A query finds what breaks its rule, a line of text for each.
pub(crate) const LEDGER_RULES: [Rule; 15] = [
    Rule {
        name: "every posting sums to zero",
        breaches: "
            SELECT posting_id || ': ' || SUM(minor_units) || ' minor units of ' || currency || ' ' || layer AS breach
            FROM ledger_entries GROUP BY posting_id, layer, currency HAVING SUM(minor_units) <> 0",
    },
    Rule {
        name: "every posting has entries",
        breaches: "
            SELECT ledger_postings.id || ' of order ' || COALESCE(ledger_postings.order_id, 'none') AS breach
            FROM ledger_postings LEFT JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
            WHERE ledger_entries.posting_id IS NULL",
    },
    Rule {
        name: "what each account holds is the sum of its entries",
        breaches: "
            SELECT account || ' ' || CASE WHEN seller = '' THEN '' ELSE seller || ' ' END || layer || ': ' || SUM(kept)
                || ' minor units of ' || currency || '; its entries say ' || SUM(written) AS breach
            FROM (
                SELECT account, seller, layer, currency, SUM(minor_units) AS kept, 0 AS written
                FROM ledger_sums GROUP BY account, seller, layer, currency
                UNION ALL
                SELECT account, COALESCE(seller, ''), layer, currency, 0 AS kept, SUM(minor_units) AS written
                FROM ledger_entries GROUP BY account, COALESCE(seller, ''), layer, currency
            ) AS sums GROUP BY account, seller, layer, currency HAVING SUM(kept) <> SUM(written)",
    },
    Rule {
        name: "each seller has an account of their own, and gives back of an order at most what it brought",
        breaches: "
            SELECT orders.number || ': ' || SUM(minor_units) || ' minor units of ' || ledger_entries.currency
                || ' on the account ' || account || ' of ' || COALESCE(seller, 'nobody') AS breach
            FROM ledger_entries JOIN ledger_postings ON ledger_postings.id = ledger_entries.posting_id
                JOIN orders ON orders.id = ledger_postings.order_id
            WHERE account = 'seller' OR seller IS NOT NULL
            GROUP BY orders.number, account, seller, ledger_entries.currency
            HAVING account <> 'seller' OR seller IS NULL OR SUM(minor_units) > 0",
    },
    Rule {
        name: "the ledger holds what is not captured of each order that stands, and of others what gift cards hold",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || ' over ' || orders.total_minor_units || ', captured '
                || orders.captured_minor_units || '; the ledger holds ' || COALESCE(held.minor_units, 0)
                || ' minor units' AS breach
            FROM orders LEFT JOIN (
                SELECT order_id, currency, SUM(minor_units) AS minor_units
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE account IN ('gateway', 'receivable', 'gift_card') AND layer = 'pending'
                GROUP BY order_id, currency
            ) AS held ON held.order_id = orders.id LEFT JOIN (
                SELECT order_id, -SUM(minor_units) AS minor_units FROM gift_card_movements
                WHERE kind = 'hold' GROUP BY order_id
            ) AS on_gift_cards ON on_gift_cards.order_id = orders.id
            WHERE COALESCE(held.minor_units, 0) <> CASE
                    WHEN orders.state = 'pending' THEN COALESCE(on_gift_cards.minor_units, 0)
                    WHEN orders.state IN ('declined', 'cancelled') OR orders.settled = 1 THEN 0
                    ELSE orders.total_minor_units - orders.captured_minor_units END
                OR held.currency <> orders.currency",
    },
    Rule {
        name: "the ledger has captured and refunded what orders say",
        breaches: "
            SELECT orders.number || ' says ' || orders.captured_minor_units || ' captured and '
                || orders.refunded_minor_units || ' refunded; the ledger says ' || COALESCE(sold.minor_units, 0)
                || ' and ' || COALESCE(back.minor_units, 0) AS breach
            FROM orders LEFT JOIN (
                SELECT order_id, -SUM(minor_units) AS minor_units
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE kind = 'capture' AND account IN ('revenue', 'seller', 'tax') AND layer = 'posted' GROUP BY order_id
            ) AS sold ON sold.order_id = orders.id LEFT JOIN (
                SELECT order_id, SUM(minor_units) AS minor_units
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE kind = 'refund' AND account IN ('refunds', 'seller', 'tax') AND layer = 'posted' GROUP BY order_id
            ) AS back ON back.order_id = orders.id
            WHERE COALESCE(sold.minor_units, 0) <> orders.captured_minor_units
                OR COALESCE(back.minor_units, 0) <> orders.refunded_minor_units",
    },
    // What moves at this moment is billed before it is in the books. What gift cards pay is not billed, and moves last.
    Rule {
        name: "invoices bill and credit what orders say",
        breaches: "
            SELECT orders.number || ' says ' || orders.captured_minor_units || ' captured and '
                || orders.refunded_minor_units || ' refunded; its invoice says ' || invoices.captured_minor_units
                || ' and ' || invoices.refunded_minor_units || ' of ' || invoices.amount_minor_units AS breach
            FROM orders JOIN sagas ON sagas.order_id = orders.id AND sagas.finished = 1
                JOIN invoices ON invoices.order_id = orders.id LEFT JOIN (
                    SELECT order_id, -SUM(minor_units) AS minor_units FROM gift_card_movements
                    WHERE kind = 'hold' GROUP BY order_id
                ) AS on_gift_cards ON on_gift_cards.order_id = orders.id
            WHERE invoices.captured_minor_units <> CASE
                    WHEN orders.captured_minor_units > invoices.amount_minor_units THEN invoices.amount_minor_units
                    ELSE orders.captured_minor_units END
                OR invoices.refunded_minor_units <> CASE
                    WHEN orders.refunded_minor_units > invoices.amount_minor_units THEN invoices.amount_minor_units
                    ELSE orders.refunded_minor_units END
                OR invoices.amount_minor_units <> orders.total_minor_units - COALESCE(on_gift_cards.minor_units, 0)
                OR invoices.currency <> orders.currency
                OR (invoices.voided = 1) <> (orders.state = 'cancelled')",
    },
    Rule {
        name: "invoices are paid as the ledger says",
        breaches: "
            SELECT orders.number || ': ' || invoices.paid_minor_units || ' of its invoice are paid and '
                || invoices.repaid_minor_units || ' paid back; the ledger says ' || COALESCE(paid.minor_units, 0)
                || ' in all' AS breach
            FROM invoices JOIN orders ON orders.id = invoices.order_id LEFT JOIN (
                SELECT order_id, SUM(minor_units) AS minor_units
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE account = 'bank' AND layer = 'posted' GROUP BY order_id
            ) AS paid ON paid.order_id = orders.id
            WHERE COALESCE(paid.minor_units, 0) <> invoices.paid_minor_units - invoices.repaid_minor_units",
    },
    Rule {
        name: "what is owed on an invoice, or back to its customer, is what the ledger says",
        breaches: "
            SELECT due.number || ': ' || due.balance || ' is owed on its invoice; the ledger says '
                || COALESCE(kept.receivable, 0) || ', and ' || COALESCE(kept.payable, 0) || ' back' AS breach
            FROM (
                SELECT orders.id, orders.number,
                    CASE WHEN orders.captured_minor_units > invoices.amount_minor_units
                        THEN invoices.amount_minor_units ELSE orders.captured_minor_units END
                    - CASE WHEN orders.refunded_minor_units > invoices.amount_minor_units
                        THEN invoices.amount_minor_units ELSE orders.refunded_minor_units END
                    - invoices.paid_minor_units + invoices.repaid_minor_units AS balance
                FROM invoices JOIN orders ON orders.id = invoices.order_id
            ) AS due LEFT JOIN (
                SELECT order_id, SUM(CASE WHEN account = 'receivable' THEN minor_units ELSE 0 END) AS receivable,
                    SUM(CASE WHEN account = 'payable' THEN minor_units ELSE 0 END) AS payable
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE account IN ('receivable', 'payable') AND layer = 'posted' GROUP BY order_id
            ) AS kept ON kept.order_id = due.id
            WHERE COALESCE(kept.receivable, 0) <> CASE WHEN due.balance > 0 THEN due.balance ELSE 0 END
                OR COALESCE(kept.payable, 0) <> CASE WHEN due.balance < 0 THEN due.balance ELSE 0 END",
    },
    Rule {
        name: "what failed refunds owe is what the ledger says",
        breaches: "
            SELECT orders.number || ': ' || COALESCE(owed.minor_units, 0) || ' of its refunds failed; the ledger says '
                || COALESCE(kept.minor_units, 0) AS breach
            FROM orders LEFT JOIN (
                SELECT order_id, SUM(minor_units) AS minor_units FROM late_refunds
                WHERE state IN ('failed', 'asked') GROUP BY order_id
            ) AS owed ON owed.order_id = orders.id LEFT JOIN (
                SELECT order_id, -SUM(minor_units) AS minor_units
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE account = 'payable' AND layer = 'posted' GROUP BY order_id
            ) AS kept ON kept.order_id = orders.id
            WHERE (owed.order_id IS NOT NULL OR kept.order_id IS NOT NULL)
                AND COALESCE(owed.minor_units, 0) <> COALESCE(kept.minor_units, 0)
                AND NOT EXISTS (SELECT 1 FROM invoices WHERE invoices.order_id = orders.id)",
    },
    Rule {
        name: "the ledger holds what is disputed, and has lost what was lost",
        breaches: "
            SELECT orders.number || ': ' || COALESCE(told.open, 0) || ' are disputed and ' || COALESCE(told.lost, 0)
                || ' lost; the ledger says ' || COALESCE(kept.open, 0) || ' and ' || COALESCE(kept.lost, 0) AS breach
            FROM orders LEFT JOIN (
                SELECT order_id,
                    SUM(CASE WHEN state IN ('needs_answer', 'under_review', 'unknown') THEN minor_units ELSE 0 END) AS open,
                    SUM(CASE WHEN state = 'lost' THEN minor_units ELSE 0 END) AS lost
                FROM disputes WHERE is_taken = 1 GROUP BY order_id
            ) AS told ON told.order_id = orders.id LEFT JOIN (
                SELECT order_id, SUM(CASE WHEN account = 'disputed' THEN minor_units ELSE 0 END) AS open,
                    SUM(CASE WHEN account = 'chargebacks' THEN minor_units ELSE 0 END) AS lost
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE account IN ('disputed', 'chargebacks') GROUP BY order_id
            ) AS kept ON kept.order_id = orders.id
            WHERE COALESCE(told.open, 0) <> COALESCE(kept.open, 0) OR COALESCE(told.lost, 0) <> COALESCE(kept.lost, 0)",
    },
    Rule {
        name: "the ledger has the fees that the gateway told of",
        breaches: "
            SELECT orders.number || ': the gateway kept ' || SUM(told) || ' minor units of ' || fees.currency
                || '; the ledger says ' || SUM(posted) AS breach
            FROM (
                SELECT order_id, currency, minor_units AS told, 0 AS posted FROM gateway_fees
                UNION ALL
                SELECT order_id, currency, 0 AS told, minor_units AS posted
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE account = 'fees'
            ) AS fees JOIN orders ON orders.id = fees.order_id
            GROUP BY orders.number, fees.currency HAVING SUM(told) <> SUM(posted)",
    },
    Rule {
        name: "nothing is captured beyond the total, and nothing refunded beyond what was captured",
        breaches: "
            SELECT number || ': ' || captured_minor_units || ' of ' || total_minor_units || ' captured, '
                || refunded_minor_units || ' refunded' AS breach
            FROM orders
            WHERE captured_minor_units > total_minor_units OR refunded_minor_units > captured_minor_units
                OR captured_minor_units > 0 AND state IN ('pending', 'declined', 'cancelling', 'cancelled')",
    },
    Rule {
        name: "what was sent is charged",
        breaches: "
            SELECT number || ' is ' || state || '; ' || captured_minor_units || ' of ' || total_minor_units
                || ' captured' AS breach
            FROM orders
            WHERE state IN ('shipped', 'delivered') AND settled = 0 AND captured_minor_units < total_minor_units",
    },
    // What went back at this moment is closed in the next one.
    Rule {
        name: "what went back in full before it was sent is closed, and nothing else is",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || '; ' || orders.refunded_minor_units || ' of '
                || orders.captured_minor_units || ' captured refunded' AS breach
            FROM orders JOIN sagas ON sagas.order_id = orders.id AND sagas.finished = 1
            WHERE orders.state IN ('confirmed', 'refunded') AND (orders.state = 'refunded') <> (
                orders.settled = 1 AND orders.captured_minor_units > 0
                AND orders.refunded_minor_units = orders.captured_minor_units)",
    },
];

/// What must hold of the embedded sandbox, whose books are at hand.
pub(crate) const SANDBOX_RULES: [Rule; 5] = [
    Rule {
        name: "the gateway holds the total of each order that stands, but for what gift cards pay",
        breaches: "
            SELECT orders.number || ' over ' || orders.total_minor_units || ' ' || orders.currency
                || '; the gateway holds ' || COALESCE(held.amount_minor_units, 0) || ' '
                || COALESCE(held.currency, '') AS breach
            FROM orders LEFT JOIN sandbox_intents AS held
                ON held.order_reference = orders.id AND held.status IN ('requires_capture', 'succeeded')
            LEFT JOIN (
                SELECT order_id, -SUM(minor_units) AS minor_units FROM gift_card_movements
                WHERE kind = 'hold' GROUP BY order_id
            ) AS on_gift_cards ON on_gift_cards.order_id = orders.id
            WHERE orders.state NOT IN ('pending', 'declined', 'cancelling', 'cancelled')
                AND orders.total_minor_units > COALESCE(on_gift_cards.minor_units, 0)
                AND NOT EXISTS (SELECT 1 FROM invoices WHERE invoices.order_id = orders.id)
                AND (held.id IS NULL
                    OR held.amount_minor_units <> orders.total_minor_units - COALESCE(on_gift_cards.minor_units, 0)
                    OR held.currency <> orders.currency)",
    },
    // What moves at this moment is at the gateway before it is in the books, as is what it has just told. What gift
    // cards pay moves last, and what a refund that failed owes is at the gateway again.
    Rule {
        name: "the gateway has captured and refunded what orders say",
        breaches: "
            SELECT orders.number || ' says ' || orders.captured_minor_units || ' captured and '
                || orders.refunded_minor_units || ' refunded; the gateway says ' || held.captured_minor_units || ' and '
                || held.refunded_minor_units AS breach
            FROM orders JOIN sagas ON sagas.order_id = orders.id AND sagas.finished = 1
                JOIN sandbox_intents AS held ON held.order_reference = orders.id
                    AND held.status IN ('requires_capture', 'succeeded')
                LEFT JOIN (
                    SELECT order_id, SUM(minor_units) AS minor_units FROM late_refunds
                    WHERE state IN ('failed', 'asked', 'settled') GROUP BY order_id
                ) AS failed ON failed.order_id = orders.id
            WHERE NOT EXISTS (SELECT 1 FROM sandbox_refunds WHERE intent_id = held.id AND status = 'failed'
                    AND id NOT IN (SELECT id FROM late_refunds))
                AND NOT EXISTS (SELECT 1 FROM late_refunds WHERE order_id = orders.id
                    AND late_refunds.state IN ('asked', 'unmatched'))
                AND (held.captured_minor_units <> CASE
                    WHEN orders.captured_minor_units > held.amount_minor_units THEN held.amount_minor_units
                    ELSE orders.captured_minor_units END
                OR held.refunded_minor_units <> CASE
                    WHEN orders.refunded_minor_units > held.amount_minor_units THEN held.amount_minor_units
                    ELSE orders.refunded_minor_units END - COALESCE(failed.minor_units, 0)
                OR orders.settled = 1 AND held.status <> 'succeeded')",
    },
    // What was captured at this moment is asked about in the next one.
    Rule {
        name: "the gateway has kept the fees that the books have",
        breaches: "
            SELECT orders.number || ': the gateway kept ' || COALESCE(told.minor_units, 0)
                || ' minor units; the books say ' || COALESCE(kept.minor_units, 0) AS breach
            FROM orders JOIN sagas ON sagas.order_id = orders.id AND sagas.finished = 1
                JOIN sandbox_intents AS held ON held.order_reference = orders.id
                    AND held.status IN ('requires_capture', 'succeeded')
                LEFT JOIN (
                    SELECT intent_id, SUM(fee_minor_units) AS minor_units FROM sandbox_balance_transactions
                    GROUP BY intent_id
                ) AS told ON told.intent_id = held.id
                LEFT JOIN (
                    SELECT order_id, SUM(minor_units) AS minor_units FROM gateway_fees GROUP BY order_id
                ) AS kept ON kept.order_id = orders.id
            WHERE COALESCE(told.minor_units, 0) <> COALESCE(kept.minor_units, 0)
                AND NOT EXISTS (SELECT 1 FROM heard_payments WHERE authorization_id = held.id)",
    },
    Rule {
        name: "the gateway holds no money of an order that ended",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || '; the gateway holds ' || held.amount_minor_units || ' '
                || held.currency AS breach
            FROM orders JOIN sandbox_intents AS held
                ON held.order_reference = orders.id AND held.status = 'requires_capture'
            WHERE orders.state IN ('declined', 'cancelled')",
    },
    Rule {
        name: "the gateway holds no money without an order",
        breaches: "
            SELECT held.id || ': ' || held.amount_minor_units || ' ' || held.currency AS breach
            FROM sandbox_intents AS held LEFT JOIN orders ON orders.id = held.order_reference
            WHERE orders.id IS NULL AND held.status = 'requires_capture'",
    },
];

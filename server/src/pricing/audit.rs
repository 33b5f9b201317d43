use crate::audit::Rule;

/// What must hold of promotions. A query finds what breaks its rule, a line of text for each.
pub(crate) const RULES: [Rule; 3] = [
    Rule {
        name: "a promotion was used as often as orders redeem it",
        breaches: "
            SELECT promotions.id || ': used ' || promotions.used || '; orders hold and redeem it '
                || COALESCE(redeemed.uses, 0) || ' times' AS breach
            FROM promotions LEFT JOIN (
                SELECT promotion_id, COUNT(*) AS uses FROM redemptions WHERE state <> 'released' GROUP BY promotion_id
            ) AS redeemed ON redeemed.promotion_id = promotions.id
            WHERE promotions.used <> COALESCE(redeemed.uses, 0)",
    },
    Rule {
        name: "a promotion has spent of its budget what orders redeem of it",
        breaches: "
            SELECT promotions.id || ': spent ' || promotions.spent_minor_units || '; orders hold and redeem '
                || COALESCE(redeemed.spent, 0) || ' of it' AS breach
            FROM promotions LEFT JOIN (
                SELECT promotion_id, currency, CAST(SUM(discount_minor_units) AS BIGINT) AS spent FROM redemptions
                WHERE state <> 'released' GROUP BY promotion_id, currency
            ) AS redeemed
                ON redeemed.promotion_id = promotions.id AND redeemed.currency = promotions.budget_currency
            WHERE promotions.spent_minor_units <> COALESCE(redeemed.spent, 0)",
    },
    Rule {
        name: "an order redeems promotions as its state asks for",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || '; its promotion ' || redemptions.promotion_id || ' is '
                || redemptions.state AS breach
            FROM orders JOIN redemptions ON redemptions.order_id = orders.id
            WHERE redemptions.state <> CASE
                WHEN orders.state = 'pending' THEN 'held'
                WHEN orders.state IN ('declined', 'cancelled', 'refunded') THEN 'released'
                ELSE 'redeemed' END",
    },
];

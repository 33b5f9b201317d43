use leptos::prelude::*;

/// The cards that the sandbox gateway knows, and what each does.
const TEST_CARDS: [(&str, &str); 13] = [
    ("Pays", "4242 4242 4242 4242"),
    ("Declined", "4000 0000 0000 0002"),
    ("Not enough money", "4000 0000 0000 9995"),
    ("Expired", "4000 0000 0000 0069"),
    ("Wrong security code", "4000 0000 0000 0127"),
    ("Your bank asks you to confirm it", "4000 0027 6000 3184"),
    ("The same, and we hear of it before you are back", "4000 0000 0000 7015"),
    ("The same, and we hear of it later", "4000 0000 0000 7023"),
    ("The same, and we hear of it twice", "4000 0000 0000 7031"),
    ("Bank answers slowly", "4000 0000 0000 7007"),
    ("Bank answers too late: the order is finished a little later", "4000 0000 0000 0341"),
    ("Pays, and its first refund fails later", "4000 0000 0000 5126"),
    ("Pays, and is disputed when it is charged", "4000 0000 0000 0259"),
];

/// Says that no real money moves, and which cards there are to try.
#[component]
pub fn TestCards() -> impl IntoView {
    let row = |(outcome, number): (&'static str, &'static str)| {
        view! {
            <tr>
                <th scope="row">{outcome}</th>
                <td>
                    <code>{number}</code>
                </td>
            </tr>
        }
    };
    view! {
        <details class="notice test-mode">
            <summary>"This store is in test mode: use a test card"</summary>
            <p>"No money moves. Any name, any date in the future and any security code will do."</p>
            <table class="facts">
                <tbody>{TEST_CARDS.map(row).collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}

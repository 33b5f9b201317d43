use leptos::prelude::*;

/// The cards that the sandbox gateway knows, and what each does.
const TEST_CARDS: [(&str, &str); 6] = [
    ("Pays", "4242 4242 4242 4242"),
    ("Declined", "4000 0000 0000 0002"),
    ("Not enough money", "4000 0000 0000 9995"),
    ("Expired", "4000 0000 0000 0069"),
    ("Wrong security code", "4000 0000 0000 0127"),
    ("Bank answers too late: the order is finished a little later", "4000 0000 0000 0341"),
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

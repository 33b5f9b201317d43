//! The graph as a picture: a record in the middle, its edges and what they lead to. The picture is for the
//! eye and the mouse; the table beside it says the same, and is what keyboards and screen readers walk.

use domain::inspection::ports::Inspection;
use domain::inspection::{Edge, Neighbourhood, Node, NodeKey, NodeKind, Point, Weight, places};
use domain::text::encoded;
use leptos::prelude::*;

use crate::answer::send_to;
use crate::error::{NotFoundPage, WireError};
use crate::operator::frame::OperatorPage;
use crate::operator::operators_page;
use crate::page::{path_parameter, query};
use crate::port::port;

const PATH: &str = "/operator/graph";
/// Half of the picture, in its own units, and what is left free for names.
const HALF_WIDTH: f64 = 480.0;
const HALF_HEIGHT: f64 = 330.0;
const MARGIN: f64 = 90.0;
const NAME_CHARS: usize = 24;
/// The widest line of an edge.
const MAX_LINE: f64 = 7.0;

/// `/operator/graph`: asks for a record; `kind` and `asked` lead to the one that is meant.
#[component]
pub fn GraphPage() -> impl IntoView {
    let query = query();
    let kind = query.get_str("kind").and_then(NodeKind::from_parameter).unwrap_or(NodeKind::Product);
    let asked = query.get_str("asked").unwrap_or_default().trim().to_owned();
    operators_page(async move {
        let mut missing = None;
        if !asked.is_empty() {
            match find(kind, &asked).await? {
                Some(middle) => send_to(&path_of(&middle)),
                None => missing = Some(format!("There is no {} “{asked}” in the graph.", kind.parameter())),
            }
        }
        Ok(view! {
            <OperatorPage title="Graph" lead="Look around any product, order or customer: what goes with what, and who bought it.".to_owned()>
                <SearchForm kind asked missing />
            </OperatorPage>
        })
    })
}

async fn find(kind: NodeKind, asked: &str) -> Result<Option<Node>, WireError> {
    let inspection = port::<dyn Inspection>()?;
    let Some(key) = inspection.find(kind, asked).await? else { return Ok(None) };
    Ok(inspection.neighbourhood(kind, &key).await?.map(|found| found.middle))
}

#[component]
fn SearchForm(kind: NodeKind, asked: String, missing: Option<String>) -> impl IntoView {
    let options = NodeKind::ALL.map(|known| {
        view! {
            <option value=known.parameter() selected=known == kind>
                {title_of(known)}
            </option>
        }
    });
    view! {
        <form class="inspection-search" role="search" aria-label="Find in the graph" action=PATH method="get">
            <label class="visually-hidden" for="inspection-kind">
                "What it is"
            </label>
            <select class="field__input" id="inspection-kind" name="kind">
                {options}
            </select>
            <label class="visually-hidden" for="inspection-asked">
                "Which one"
            </label>
            <input
                class="field__input"
                id="inspection-asked"
                name="asked"
                type="search"
                placeholder="SKU, order number or e-mail address"
                maxlength=NodeKey::MAX_CHARS
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
                value=asked
                required
            />
            <button class="button" type="submit">
                "Look around"
            </button>
        </form>
        {missing.map(|words| view! { <p class="notice notice--warn" role="status">{words}</p> })}
    }
    .into_any()
}

/// `/operator/graph/{kind}/{id}`: one record and what stands around it.
#[component]
pub fn NeighbourhoodPage() -> impl IntoView {
    let (kind, key) = (path_parameter("kind"), path_parameter("id"));
    operators_page(async move {
        let (Some(kind), Ok(key)) = (NodeKind::from_parameter(&kind), key.parse::<NodeKey>()) else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        let Some(found) = port::<dyn Inspection>()?.neighbourhood(kind, &key).await? else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        let title = format!("{}: {}", title_of(kind), found.middle.label);
        let lead = format!("{} edges, the heaviest or newest of each kind. Key: {key}", found.edges.len());
        Ok(view! {
            <OperatorPage title lead>
                <SearchForm kind asked=String::new() missing=None />
                <div class="inspection">
                    <Picture found=&found />
                    <EdgeTable edges=found.edges />
                </div>
            </OperatorPage>
        }
        .into_any())
    })
}

const fn title_of(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Product => "Product",
        NodeKind::Customer => "Customer",
        NodeKind::Order => "Order",
    }
}

fn path_of(node: &Node) -> String {
    format!("{PATH}/{}/{}", node.kind.parameter(), encoded(node.key.as_str()))
}

#[component]
fn Picture<'a>(found: &'a Neighbourhood) -> impl IntoView + use<> {
    let Neighbourhood { middle, edges } = found;
    let count = u32::try_from(edges.len()).unwrap_or(u32::MAX);
    let places = places(count, HALF_WIDTH - MARGIN, HALF_HEIGHT - MARGIN / 2.0);
    let strongest = edges.iter().map(|edge| strength(&edge.weight)).fold(f64::MIN_POSITIVE, f64::max);
    let lines = edges.iter().zip(&places).map(|(edge, place)| line(edge, *place, strongest)).collect_view();
    let neighbours = edges.iter().zip(&places).map(|(edge, place)| neighbour(edge, *place)).collect_view();
    let view_box = format!("{} {} {} {}", -HALF_WIDTH, -HALF_HEIGHT, 2.0 * HALF_WIDTH, 2.0 * HALF_HEIGHT);
    let class = format!("inspection__node inspection__node--{} inspection__node--middle", middle.kind.parameter());
    view! {
        <div class="inspection__frame" role="region" aria-label="Picture" tabindex="0">
            <svg class="inspection__picture" viewBox=view_box aria-hidden="true">
                {lines}
                {neighbours}
                <circle class=class r="16" />
                <text class="inspection__name inspection__name--middle" y="36">
                    {shortened(middle.label.as_str())}
                </text>
            </svg>
        </div>
    }
    .into_any()
}

fn strength(weight: &Weight) -> f64 {
    match weight {
        Weight::Pull { strength, .. } => f64::from(*strength),
        // Drawn beside pulls, of which the strongest are about half.
        Weight::Likeness(share) => f64::from(*share) / 2.0,
        Weight::Units(units) => f64::from(units.get()),
        Weight::At(_) | Weight::Nothing => 0.0,
    }
}

/// An edge that leads to the middle is dotted.
fn line(edge: &Edge, place: Point, strongest: f64) -> impl IntoView + use<> {
    let width = 1.0 + (MAX_LINE - 1.0) * strength(&edge.weight) / strongest;
    let words = format!("{} {}", edge.relation.table(), edge.weight);
    view! {
        <line
            class=format!("inspection__edge inspection__edge--{}", edge.relation.table())
            x2=format!("{:.1}", place.x)
            y2=format!("{:.1}", place.y)
            stroke-width=format!("{width:.1}")
            stroke-dasharray=(!edge.leaves).then_some("2 5")
        >
            <title>{words}</title>
        </line>
    }
}

/// Names stand away from the middle.
fn neighbour(edge: &Edge, Point { x, y }: Point) -> impl IntoView + use<> {
    let below = if y < 0.0 { "-14" } else { "24" };
    view! {
        <g transform=format!("translate({x:.1} {y:.1})")>
            <a href=path_of(&edge.other) tabindex="-1">
                <circle class=format!("inspection__node inspection__node--{}", edge.other.kind.parameter()) r="9" />
                <text class="inspection__name" y=below>
                    {shortened(edge.other.label.as_str())}
                </text>
            </a>
        </g>
    }
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= NAME_CHARS {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(NAME_CHARS - 1).collect();
    short.push('…');
    short
}

#[component]
fn EdgeTable(edges: Vec<Edge>) -> impl IntoView {
    if edges.is_empty() {
        return view! { <p class="soft">"Nothing leads here, and nothing from here."</p> }.into_any();
    }
    let row = |edge: Edge| {
        let (path, label) = (path_of(&edge.other), edge.other.label.to_string());
        view! {
            <tr>
                <td>
                    <span aria-hidden="true">{if edge.leaves { "→ " } else { "← " }}</span>
                    <span class="visually-hidden">{if edge.leaves { "leaves by " } else { "comes by " }}</span>
                    <code>{edge.relation.table()}</code>
                </td>
                <td>
                    <a href=path>{label}</a>
                    " "
                    <span class="soft">{title_of(edge.other.kind)}</span>
                </td>
                <td class="tabular">{edge.weight.to_string()}</td>
            </tr>
        }
    };
    view! {
        <table class="inspection__table">
            <caption class="visually-hidden">"Edges"</caption>
            <thead>
                <tr>
                    <th scope="col">"Edge"</th>
                    <th scope="col">"To or from"</th>
                    <th scope="col">"Weight"</th>
                </tr>
            </thead>
            <tbody>{edges.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_at_a_sign() {
        assert_eq!(shortened("Kürbiskernöl"), "Kürbiskernöl");
        assert_eq!(shortened(&"ü".repeat(25)).chars().count(), 24);
    }
}

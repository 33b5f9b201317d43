//! What surrounds every page: header, footer, and the landmark between them.

use std::sync::{Arc, Mutex, PoisonError};

use domain::catalog::ports::Catalog;
use domain::catalog::{Category, CategoryTree};
use domain::checkout::Country;
use domain::pricing::tax::Collection;
use domain::search::SearchText;
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use crate::account::header::AccountLink;
use crate::cart::mini::CartLink;
use crate::icon::{Glyph, Icon, IconSprite};
use crate::operator::header::{OperatorHeader, is_for_operators};
use crate::page::{part, query_pairs};
use crate::port::port;
use crate::search::search_box::SearchBox;
use crate::store::Store;
use crate::visitor::Visitor;

/// Categories in the row of the header; it scrolls where they don't fit.
const ROW_CATEGORIES: usize = 12;
/// Categories that the footer repeats.
const FOOTER_CATEGORIES: usize = 5;

#[component]
pub fn Layout(children: Children) -> impl IntoView {
    // The list of routes is made before there is a store or a visitor.
    let (Some(store), Some(visitor)) = (use_context::<Store>(), use_context::<Visitor>()) else {
        return children().into_any();
    };
    let path = use_url().read_untracked().path().to_owned();
    let checking_out = path == "/checkout" || path.starts_with("/checkout/");
    let is_running = is_for_operators(&path);
    let name = store.name.to_string();
    view! {
        <IconSprite />
        <a class="skip-link" href="#main">
            "Skip to the content"
        </a>
        {if checking_out {
            view! { <CheckoutHeader name=name.clone() /> }.into_any()
        } else if is_running {
            view! { <OperatorHeader name=name.clone() path=path /> }.into_any()
        } else {
            view! { <SiteHeader name=name.clone() path=path visitor /> }.into_any()
        }}
        <main class="site-main" id="main" tabindex="-1">
            {children()}
        </main>
        {if checking_out {
            view! { <CheckoutFooter name=name /> }.into_any()
        } else if is_running {
            ().into_any()
        } else {
            view! { <SiteFooter store=store year=visitor.today.year() /> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn SiteHeader(name: String, path: String, visitor: Visitor) -> impl IntoView {
    let here = path.strip_prefix("/c/").and_then(|id| id.split('/').next()).map(str::to_owned);
    // Results keep the words that they are for, where they can be changed.
    let asked = if path == "/search" { words_asked_for() } else { String::new() };
    let place = visitor.destination.name();
    view! {
        <header class="site-header">
            <div class="site-header__bar page">
                <button class="site-header__menu button button--quiet" type="button" popovertarget="menu">
                    <Icon glyph=Glyph::Menu />
                    <span class="button__text">"All categories"</span>
                </button>
                <Wordmark name=name />
                <SearchBox id="q" value=asked />
                // Where the row above has no room for it.
                <a class="place-line" href="/help/delivery">
                    <Icon glyph=Glyph::Pin class="icon icon--small" />
                    <span>"Deliver to " <b>{place}</b></span>
                </a>
                <nav class="site-header__links" aria-label="Your delivery, orders, account and cart">
                    <a class="header-link header-link--place" href="/help/delivery">
                        <Icon glyph=Glyph::Pin />
                        <span class="header-link__text">
                            <small>"Deliver to"</small>
                            " "
                            {place}
                        </span>
                    </a>
                    <a class="header-link" href="/orders">
                        <Icon glyph=Glyph::Order />
                        <span class="header-link__text">"Find my order"</span>
                    </a>
                    <AccountLink />
                    <CartLink units=visitor.cart_units />
                </nav>
            </div>
            {part(async move {
                match category_tree().await {
                    Some(tree) => view! { <Categories tree=tree here=here /> }.into_any(),
                    None => view! { <NoCategories /> }.into_any(),
                }
            })}
        </header>
    }
    .into_any()
}

/// What the address of a search asks for.
fn words_asked_for() -> String {
    let asked = query_pairs().into_iter().find(|(name, _)| name == "q");
    asked.map(|(_, words)| SearchText::from(words).to_string()).unwrap_or_default()
}

/// All categories; without the catalog a page does without.
async fn category_tree() -> Option<Arc<CategoryTree>> {
    port::<dyn Catalog>().ok()?.categories().await.ok()
}

/// In the place of the categories, so that nobody takes the store for an empty one.
#[component]
fn NoCategories() -> impl IntoView {
    view! { <p class="page small soft">"Our shelves can't be reached at the moment. Nothing in your cart or your orders is lost."</p> }
}

#[component]
fn Categories(tree: Arc<CategoryTree>, here: Option<String>) -> impl IntoView {
    let top = tree.top();
    let row = top
        .iter()
        .take(ROW_CATEGORIES)
        .map(|category| {
            let current = (here.as_deref() == Some(category.id.as_str())).then_some("page");
            view! {
                <li>
                    <a href=category_path(category) aria-current=current>
                        {category.name.to_string()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="category-row" aria-label="Categories">
            <ul class="page">{row}</ul>
        </nav>
        <nav class="menu" id="menu" popover="auto" aria-labelledby="menu-title">
            <div class="menu__top">
                <h2 id="menu-title">"All categories"</h2>
                <button class="icon-button" type="button" popovertarget="menu" popovertargetaction="hide">
                    <Icon glyph=Glyph::Close />
                    <span class="visually-hidden">"Close the menu"</span>
                </button>
            </div>
            <ul class="menu__groups" inner_html=menu_groups(&tree)></ul>
        </nav>
    }
    .into_any()
}

/// The menu of a tree, drawn once: it stands on every page and is longer than many of them.
fn menu_groups(tree: &Arc<CategoryTree>) -> Arc<str> {
    static DRAWN: Mutex<Option<(Arc<CategoryTree>, Arc<str>)>> = Mutex::new(None);
    // A menu that somebody else broke off drawing is drawn again.
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    match drawn.as_ref() {
        Some((known, html)) if Arc::ptr_eq(known, tree) => html.clone(),
        _ => {
            let html: Arc<str> = draw_menu_groups(tree).into();
            *drawn = Some((tree.clone(), html.clone()));
            html
        }
    }
}

fn draw_menu_groups(tree: &CategoryTree) -> String {
    tree.top()
        .iter()
        .map(|category| {
            let below = tree.children(&category.id).iter().map(category_item).collect_view();
            view! {
                <li>
                    <h3>
                        <a href=category_path(category)>{category.name.to_string()}</a>
                    </h3>
                    <ul class="menu__list">{below}</ul>
                </li>
            }
        })
        .collect_view()
        .to_html()
}

fn category_item(category: &Category) -> impl IntoView + use<> {
    view! {
        <li>
            <a href=category_path(category)>{category.name.to_string()}</a>
        </li>
    }
}

/// The address of a category's page.
pub fn category_path(category: &Category) -> String {
    format!("/c/{}", category.id)
}

/// The name of the store, which leads home.
#[component]
pub fn Wordmark(name: String) -> impl IntoView {
    view! {
        <a class="wordmark" href="/" aria-label=format!("{name}, home")>
            <svg class="wordmark__glyph" viewBox="0 0 32 32" aria-hidden="true" inner_html=CONTOURS></svg>
            <span aria-hidden="true">{name.clone()}</span>
        </a>
    }
    .into_any()
}

/// Two contour lines and a compass needle.
const CONTOURS: &str = concat!(
    r#"<g fill="none" stroke="currentColor" stroke-width="1.6">"#,
    r#"<path d="M15.6 2.4c7.6-.5 13.8 4.9 14 13.2.2 7.9-5.7 14-13.9 14C7.8 29.6 2.3 24 2.4 16.1 2.5 8.6 8.2 2.9 15.6 2.4z"/>"#,
    r#"<path d="M15.7 6.7c5.4-.3 9.5 3.6 9.5 9.2 0 5.5-4 9.4-9.4 9.4-5.3 0-9.1-3.8-9-9.2 0-5.2 3.8-9.1 8.9-9.4z" opacity=".55"/></g>"#,
    r#"<path class="needle" d="m22.6 8.2-4 10.3-5-5z"/><path fill="currentColor" d="m8.9 23.4 9.7-4.9-5-5z"/>"#,
);

#[component]
fn SiteFooter(store: Store, year: i16) -> impl IntoView {
    let name = store.name.to_string();
    let currency = store.currency.name();
    let promise = match store.taxes.collection(Country::HOME) {
        Collection::Included => "Prices include VAT, and the total you see is the total you pay.",
        Collection::Added | Collection::AtImport => {
            "The total you see at the end of the checkout is the total you pay."
        }
    };
    view! {
        <footer class="site-footer">
            <div class="page">
                <div class="site-footer__columns">
                    <div>
                        <Wordmark name=name.clone() />
                        <p>"A store drawn as a graph. " {promise}</p>
                    </div>
                    {part(async move {
                        let links: Vec<_> = category_tree()
                            .await?
                            .top()
                            .iter()
                            .take(FOOTER_CATEGORIES)
                            .map(category_item)
                            .collect();
                        (!links.is_empty())
                            .then(|| {
                                view! {
                                    <nav aria-labelledby="footer-shop">
                                        <h2 id="footer-shop">"Shop"</h2>
                                        <ul class="site-footer__list">{links}</ul>
                                    </nav>
                                }
                            })
                    })}
                    <nav aria-labelledby="footer-help">
                        <h2 id="footer-help">"Help"</h2>
                        <ul class="site-footer__list">
                            <li>
                                <a href="/orders">"Find my order"</a>
                            </li>
                            <li>
                                <a href="/history">"Browsing history"</a>
                            </li>
                            <li>
                                <a href="/help/delivery">"Delivery"</a>
                            </li>
                            <li>
                                <a href="/help/returns">"Returns"</a>
                            </li>
                            <li>
                                <a href="/help/payment">"Payment"</a>
                            </li>
                            <li>
                                <a href="/help">"All help"</a>
                            </li>
                        </ul>
                    </nav>
                    <nav aria-labelledby="footer-about">
                        <h2 id="footer-about">{name.clone()}</h2>
                        <ul class="site-footer__list">
                            <li>
                                <a href="/help/contact">"Contact"</a>
                            </li>
                            <li>
                                <a href="/help/privacy">"Privacy"</a>
                            </li>
                            <li>
                                <a href="/help/accessibility">"Accessibility"</a>
                            </li>
                        </ul>
                    </nav>
                </div>
                <div class="site-footer__legal">
                    <span>"© " {year} " " {name}</span>
                    <span>{format!("Currency: {currency}")}</span>
                </div>
            </div>
        </footer>
    }
    .into_any()
}

/// In the checkout there is one way on and one way back.
#[component]
fn CheckoutHeader(name: String) -> impl IntoView {
    view! {
        <header class="checkout-header">
            <div class="page page--narrow">
                <Wordmark name=name />
                <a class="button button--quiet" href="/cart">
                    <Icon glyph=Glyph::ChevronLeft class="icon icon--directed" />
                    " Back to cart"
                </a>
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn CheckoutFooter(name: String) -> impl IntoView {
    view! {
        <footer class="site-footer site-footer--slim">
            <div class="page page--narrow">
                <div class="site-footer__legal">
                    <a href="/help/delivery">"Delivery"</a>
                    " "
                    <a href="/help/returns">"Returns"</a>
                    " "
                    <a href="/help/privacy">"Privacy"</a>
                    <span>{name}</span>
                </div>
            </div>
        </footer>
    }
    .into_any()
}

//! The icons: one set on one grid of 24 units, drawn once per page and used by reference.

use leptos::prelude::*;

macro_rules! glyphs {
    ($($glyph:ident $id:literal $drawing:literal),+ $(,)?) => {
        /// A drawing of the set.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Glyph { $($glyph),+ }

        impl Glyph {
            const fn href(self) -> &'static str {
                match self { $(Self::$glyph => concat!("#icon-", $id)),+ }
            }
        }

        const SYMBOLS: &str = concat!(
            $("<symbol id=\"icon-", $id, "\" viewBox=\"0 0 24 24\">", $drawing, "</symbol>"),+
        );
    };
}

glyphs! {
    Cart "cart" r#"<path d="M3 4h2.2l2.3 11.2h10.6L20.6 7H6"/><circle cx="9" cy="19.5" r="1.4"/><circle cx="16.6" cy="19.5" r="1.4"/>"#,
    Search "search" r#"<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 5 5"/>"#,
    Account "account" r#"<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5c.7-4 3.6-6 7.5-6s6.8 2 7.5 6"/>"#,
    Pin "pin" r#"<path d="M12 21.5s-7-6.3-7-11.7a7 7 0 0 1 14 0c0 5.4-7 11.7-7 11.7z"/><circle cx="12" cy="9.8" r="2.4"/>"#,
    Order "order" r#"<path d="M4 7.5 12 3.5l8 4v9l-8 4-8-4z"/><path d="m4 7.5 8 4 8-4M12 11.5v9"/>"#,
    ChevronDown "chevron-down" r#"<path d="m6 9.5 6 6 6-6"/>"#,
    ChevronLeft "chevron-left" r#"<path d="m14.5 6-6 6 6 6"/>"#,
    ChevronRight "chevron-right" r#"<path d="m9.5 6 6 6-6 6"/>"#,
    Check "check" r#"<path d="m5 12.5 4.5 4.5L19.5 7"/>"#,
    CheckCircle "check-circle" r#"<circle cx="12" cy="12" r="8.7"/><path d="m8.2 12.3 2.7 2.7 5-5.4"/>"#,
    Close "close" r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
    Truck "truck" r#"<path d="M2.5 6h11v10.5h-11zM13.5 9.5h4l3.5 3.5v3.5h-7.5"/><circle cx="7" cy="17.8" r="1.9"/><circle cx="17" cy="17.8" r="1.9"/>"#,
    Return "return" r#"<path d="M8 4.5 4 8.5l4 4"/><path d="M4.5 8.5H14a5.5 5.5 0 0 1 0 11H8"/>"#,
    Lock "lock" r#"<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>"#,
    Device "device" r#"<rect x="4.5" y="5" width="15" height="10.5" rx="1.5"/><path d="M2.5 19h19"/>"#,
    Letter "letter" r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 7 8.5 6.5L20.5 7"/>"#,
    Plus "plus" r#"<path d="M12 5v14M5 12h14"/>"#,
    Minus "minus" r#"<path d="M5 12h14"/>"#,
    Filter "filter" r#"<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.5"/><circle cx="8" cy="17" r="2.5"/>"#,
    Grid "grid" r#"<path d="M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z"/>"#,
    Lines "lines" r#"<path d="M4 5h5v5H4zM4 14h5v5H4zM12.5 6h7.5M12.5 9h5M12.5 15h7.5M12.5 18h5"/>"#,
    Clock "clock" r#"<circle cx="12" cy="12" r="8.7"/><path d="M12 7v5.3l3.4 2"/>"#,
    Menu "menu" r#"<path d="M4 6.5h16M4 12h16M4 17.5h16"/>"#,
    Image "image" r#"<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><circle cx="8.5" cy="9.5" r="1.6"/><path d="m4 17 5-4.5 3.5 3 3-2.5 4.5 4"/>"#,
    Info "info" r#"<circle cx="12" cy="12" r="8.7"/><path d="M12 11v5.5M12 7.6v.1"/>"#,
    Warning "warning" r#"<path d="M12 3.8 2.8 19.7h18.4z"/><path d="M12 10v4.5M12 17.1v.1"/>"#,
    Zoom "zoom" r#"<path d="M14 4h6v6M10 20H4v-6M20 4l-6.5 6.5M4 20l6.5-6.5"/>"#,
    Card "card" r#"<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="M3 10h18M6.5 15h3"/>"#,
    Compass "compass" r#"<circle cx="12" cy="12" r="8.7"/><path d="m15.5 8.5-2 5-5 2 2-5z"/>"#,
}

/// One icon; decoration only, so the words beside it say what it means.
#[component]
pub fn Icon(glyph: Glyph, #[prop(default = "icon")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true">
            <use href=glyph.href()></use>
        </svg>
    }
    .into_any()
}

/// The drawings that every [`Icon`] of a page refers to; once per page.
#[component]
pub fn IconSprite() -> impl IntoView {
    view! { <svg hidden inner_html=SYMBOLS></svg> }
}

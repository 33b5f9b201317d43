//! The code that a shopper types to pay less, as a form of its own.

use domain::cart::{CartError, Coupon};
use domain::pricing::promotion::{CouponCode, CouponRefusal};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ApplyCoupon, RemoveCoupon};
use crate::error::WireError;
use crate::form::{Field, sentence};
use crate::icon::{Glyph, Icon};

/// A code that was not taken, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub code: String,
    pub refusal: Option<CouponRefusal>,
}

impl Typed {
    /// What the address says of a code that was refused; nothing where it makes no sense.
    pub fn of(code: Option<&str>, posted: Option<&WireError>) -> Self {
        let Some(WireError::Cart(CartError::Coupon { refusal })) = posted else { return Self::default() };
        let code = code.unwrap_or_default().chars().take(CouponCode::MAX_CHARS as usize).collect();
        Self { code, refusal: Some(*refusal) }
    }
}

/// What is said of a code that saves nothing to those who can't see it; one that is applied is told
/// among the notices.
pub fn said(coupon: Option<&Coupon>, typed: &Typed) -> Option<String> {
    typed.refusal.or_else(|| coupon?.refusal).map(|refusal| sentence(&refusal.to_string()))
}

/// The code of the cart with a way to remove it, or the form to type one.
#[component]
pub fn CouponForm(coupon: Option<Coupon>, typed: Typed) -> impl IntoView {
    let Typed { code, refusal } = typed;
    let error = refusal.map(|refusal| sentence(&refusal.to_string()));
    let is_wrong = error.is_some();
    let applied = coupon.map(|coupon| view! { <AppliedCoupon coupon /> });
    let form = (applied.is_none() || is_wrong).then(|| {
        view! {
            <form class="coupon__form" method="post" action=ApplyCoupon::url()>
                <Field
                    id="code"
                    label="Coupon code"
                    value=code
                    error
                    autocomplete="off"
                    max_chars=CouponCode::MAX_CHARS
                    autofocus=is_wrong
                />
                <button class="button" type="submit">
                    "Apply"
                </button>
            </form>
        }
    });
    view! {
        <div class="coupon" id="coupon">
            {applied}
            {form}
        </div>
    }
    .into_any()
}

#[component]
fn AppliedCoupon(coupon: Coupon) -> impl IntoView {
    let Coupon { code, refusal, .. } = coupon;
    let is_good = refusal.is_none();
    view! {
        <div class="coupon__applied">
            <p>
                {is_good.then(|| view! { <Icon glyph=Glyph::Check class="icon icon--small" /> })}
                "Coupon code "
                <b>{code.to_string()}</b>
            </p>
            <form method="post" action=RemoveCoupon::url()>
                <button class="link-button" type="submit">
                    "Remove"
                    <span class="visually-hidden">" coupon code " {code.to_string()}</span>
                </button>
            </form>
            {refusal.map(|refusal| view! { <CouponRefused refusal /> })}
        </div>
    }
    .into_any()
}

/// Why a code saves nothing.
#[component]
pub fn CouponRefused(refusal: CouponRefusal) -> impl IntoView {
    view! {
        <p class="field__error">
            <Icon glyph=Glyph::Warning class="icon icon--small" />
            {sentence(&refusal.to_string())}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_code_is_kept_only_with_its_refusal() {
        let refused = WireError::from(CartError::Coupon { refusal: CouponRefusal::Over });
        let typed = Typed::of(Some("SUMMER"), Some(&refused));
        assert_eq!((typed.code.as_str(), typed.refusal), ("SUMMER", Some(CouponRefusal::Over)));
        assert_eq!(said(None, &typed).as_deref(), Some("That code has expired."));
        assert_eq!(Typed::of(Some("SUMMER"), None), Typed::default());
        assert_eq!(Typed::of(Some("SUMMER"), Some(&WireError::Form)), Typed::default());
        let long = Typed::of(Some(&"A".repeat(99)), Some(&refused)).code;
        assert_eq!(long.len(), CouponCode::MAX_CHARS as usize);
    }
}

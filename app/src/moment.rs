//! When something happened, to the minute or the second. A server can't know the clock of whoever reads it and says UTC;
//! [`ON_LOCAL_CLOCK`] puts it on theirs, where there are scripts.

use domain::shipment::store_time;
use jiff::Timestamp;
use leptos::prelude::*;

/// Puts every moment of a page on the clock of its reader, and says which clock that is.
pub const ON_LOCAL_CLOCK: &str = "for(const moment of document.querySelectorAll('time[data-clock]'))\
moment.textContent=new Intl.DateTimeFormat('en-GB',{day:'numeric',month:'short',year:'numeric',hour:'2-digit',\
minute:'2-digit',second:moment.dataset.clock==='second'?'2-digit':undefined,timeZoneName:'short'})\
.format(new Date(moment.dateTime))";

/// A moment as a page tells it: `25 Nov 2026, 14:05 UTC`.
#[component]
pub fn Moment(
    at: Timestamp,
    /// For those who look for causes.
    #[prop(optional)]
    to_the_second: bool,
) -> impl IntoView {
    let (words, clock) = if to_the_second { (to_seconds(at), "second") } else { (to_minutes(at), "minute") };
    view! {
        <time datetime=at.to_string() data-clock=clock>
            {words}
        </time>
    }
    .into_any()
}

fn to_minutes(at: Timestamp) -> String {
    store_time(at).strftime("%-d %b %Y, %H:%M UTC").to_string()
}

fn to_seconds(at: Timestamp) -> String {
    store_time(at).strftime("%-d %b %Y, %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_says_on_which_clock_it_is() {
        let at = "2026-11-05T14:05:59.5Z".parse().unwrap();
        assert_eq!(to_minutes(at), "5 Nov 2026, 14:05 UTC");
        assert_eq!(to_seconds(at), "5 Nov 2026, 14:05:59 UTC");
    }
}

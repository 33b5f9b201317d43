use domain::checkout::saga::{Event, Saga};

use super::begin::FIRST_EVENTS;

/// The log of a saga, as its driver knows it: what is stored, and what is stored with the next step.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    events: Vec<Event>,
    stored: usize,
    /// Somebody else may have done something since its last event.
    is_taken_up: bool,
}

impl Log {
    /// The log of a purchase that its driver has just begun.
    pub(super) fn begun() -> Self {
        Self { events: FIRST_EVENTS.into(), stored: FIRST_EVENTS.len(), is_taken_up: false }
    }

    /// A log that was read by whoever just added to it what is to be done.
    pub(super) const fn asked(events: Vec<Event>) -> Self {
        Self { stored: events.len(), events, is_taken_up: false }
    }

    /// A log that was read.
    pub(super) const fn taken_up(events: Vec<Event>) -> Self {
        Self { stored: events.len(), events, is_taken_up: true }
    }

    /// The saga that its driver goes on with.
    pub(super) fn saga(&self) -> Saga {
        if self.is_taken_up { Saga::taken_up(&self.events) } else { Saga::replay(&self.events) }
    }

    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    /// Where the first event goes that is not stored.
    pub(super) const fn position(&self) -> usize {
        self.stored
    }

    pub(super) fn unstored(&self) -> &[Event] {
        self.events.get(self.stored..).unwrap_or_default()
    }

    /// With one more event, which is not stored.
    pub(super) fn with(&self, event: Event) -> Self {
        let mut longer = self.clone();
        longer.events.push(event);
        longer
    }

    /// With all events stored.
    pub(super) const fn kept(mut self) -> Self {
        self.stored = self.events.len();
        self
    }
}

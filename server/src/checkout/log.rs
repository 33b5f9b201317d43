use domain::checkout::saga::Event;

/// The log of a saga, as its driver knows it: what is stored, and what is stored with the next step.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    events: Vec<Event>,
    stored: usize,
}

impl Log {
    pub(super) const fn stored(events: Vec<Event>) -> Self {
        Self { stored: events.len(), events }
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
    pub(super) fn kept(self) -> Self {
        Self::stored(self.events)
    }
}

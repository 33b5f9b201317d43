use jiff::Timestamp;

use super::Flaw;
use super::gateway::{Book, Gateway, authorization_of};
use super::plan::{Crash, KEY_LIFE_MS, Passage, Plan, Shopper, Turn, Weather};
use super::process::Process;
use super::rules::{self, Breach};
use super::store::{Reserving, Store, StoredOrder};
use crate::checkout::saga::{Command, Event, Saga};
use crate::payment::{CHALLENGE_LIFETIME, DeclineReason, MovementKind};

/// In calm weather a purchase needs fewer turns than this, wherever it was left.
const CALM_ROUNDS: u32 = 16;

/// Plays a plan to its end, or until a rule is broken.
pub(super) fn run(plan: &Plan, flaw: Option<Flaw>) -> Result<(), Breach> {
    World::new(plan, flaw, None).play()
}

/// What happens when a plan is played, a line for each event.
pub(super) fn trace(plan: &Plan, flaw: Option<Flaw>) -> Vec<String> {
    let mut world = World::new(plan, flaw, Some(Vec::new()));
    let _breach = world.play();
    world.trace.unwrap_or_default()
}

pub(super) struct World<'a> {
    pub(super) plan: &'a Plan,
    pub(super) store: Store,
    pub(super) gateway: Gateway,
    pub(super) book: Book,
    pub(super) processes: Vec<Process<'a>>,
    pub(super) flaw: Option<Flaw>,
    in_flight: Vec<Message>,
    pub(super) now_ms: i64,
    trace: Option<Vec<String>>,
}

#[derive(Debug, Clone)]
enum Message {
    Question { process: usize, command: Command },
    Answer { process: usize, event: Event },
}

impl<'a> World<'a> {
    fn new(plan: &'a Plan, flaw: Option<Flaw>, trace: Option<Vec<String>>) -> Self {
        let of_shopper = |shopper: &'a Shopper| {
            let units = plan.goods.taken_by(&shopper.wanted);
            shopper.requests().map(move |request| Process::new(shopper, request, units))
        };
        Self {
            plan,
            store: Store::new(&plan.goods, plan.gift_card_minor, flaw),
            gateway: Gateway::new(flaw),
            book: Book::default(),
            processes: plan.shoppers.iter().flat_map(of_shopper).collect(),
            flaw,
            in_flight: Vec::new(),
            now_ms: 0,
            trace,
        }
    }

    fn play(&mut self) -> Result<(), Breach> {
        for turn in &self.plan.turns {
            match *turn {
                Turn::Work { request, weather } => {
                    if let Some(at) = self.processes.iter().position(|process| process.request == request) {
                        self.work(at, weather);
                    }
                }
                Turn::Deliver { pick, comes_again } => self.deliver(pick, comes_again),
                Turn::Clock { jump_ms } => self.jump(jump_ms),
                Turn::Cancel { request } => {
                    if let Some(at) = self.processes.iter().position(|process| process.request == request) {
                        self.take_in(at, &Event::CancellationRequested);
                    }
                }
                Turn::Move { request, quarters, purpose } => self.ask_for(request, quarters, purpose),
                Turn::After { pick, deed, weather } => self.happen(pick, deed, weather),
                Turn::Wait { request } => {
                    self.store.see(request, self.now_ms);
                    self.note(|| format!("the shopper of {request} looks whether there is news"));
                }
                Turn::Answer { request, confirms } => {
                    self.gateway.answer(request, confirms);
                    self.note(|| format!("the shopper of {request} answers their bank: {confirms}"));
                }
            }
            self.look_after()?;
        }
        self.clear_up()?;
        self.end_returns()?;
        rules::at_the_end(self)
    }

    /// What the store does by itself after every step, and the rules then.
    fn look_after(&mut self) -> Result<(), Breach> {
        self.end_reservations();
        self.end_exchanges();
        rules::always(self)
    }

    pub(super) fn jump(&mut self, jump_ms: i64) {
        self.now_ms = self.now_ms.saturating_add(jump_ms);
        if jump_ms >= KEY_LIFE_MS {
            self.gateway.forget_keys();
            // No question is on its way for so long, nor an answer that came of it at once: what the gateway
            // tells of by itself, which may come whenever, is what happened.
            let comes_late = |event: &Event| !matches!(event, Event::NeverHeard | Event::Unanswered);
            self.in_flight.retain(|message| matches!(message, Message::Answer { event, .. } if comes_late(event)));
            // And nobody is at a purchase for so long: whoever goes on takes it up.
            for process in &mut self.processes {
                process.saga = None;
            }
        }
        self.note(|| format!("the clock jumps by {jump_ms} ms"));
    }

    /// The store looks after reservations. One transaction each: the units given back, and the event in the
    /// log, wherever the purchase stands.
    fn end_reservations(&mut self) {
        if self.flaw == Some(Flaw::ReservationsKept) {
            return;
        }
        for at in 0..self.processes.len() {
            if self.outlives_its_time(&self.processes[at]) {
                self.take_in(at, &Event::GivenUp);
            }
        }
    }

    /// Whether a purchase holds units longer than it may. One that crashed before it noted that it has them
    /// takes them in first.
    pub(super) fn outlives_its_time(&self, process: &Process<'_>) -> bool {
        let is_over = |order: &StoredOrder| {
            let holds_units = order.reserved.iter().any(|units| *units > 0);
            holds_units && self.now() >= order.reserved_until()
        };
        self.store.orders.get(&process.request).is_some_and(is_over) && process.replayed().can_be_given_up()
    }

    /// The weather clears: what is in flight arrives, and every process works on.
    fn clear_up(&mut self) -> Result<(), Breach> {
        self.note(|| "the weather clears".to_owned());
        while !self.in_flight.is_empty() {
            self.deliver(0, false);
            self.look_after()?;
        }
        for _ in 0..CALM_ROUNDS {
            for at in 0..self.processes.len() {
                self.now_ms = self.now_ms.max(self.processes[at].asks_at_ms.unwrap_or(self.now_ms));
                self.work(at, Weather::default());
                self.look_after()?;
            }
        }
        Ok(())
    }

    /// Carries out the next command of a saga, which is rebuilt from its log after a crash.
    pub(super) fn work(&mut self, at: usize, weather: Weather) {
        let process = &mut self.processes[at];
        let request = process.request;
        if process.known.is_some() {
            return;
        }
        if process.log.is_empty() {
            self.take_in(at, &Event::Begun);
            return;
        }
        let saga = process.saga.get_or_insert_with(|| take_up(&process.log, self.flaw));
        let Some(command) = saga.pending().into_iter().next() else { return };
        if matches!(command, Command::SetAside) || self.pauses(at, &command) {
            return;
        }
        self.note(|| format!("{request} runs {command:?}"));
        if weather.crash != Some(Crash::BeforeEffect) {
            let event = self.effect(at, &command, weather);
            if weather.crash != Some(Crash::BeforeLogging)
                && let Some(event) = event
            {
                if weather.echo {
                    self.in_flight.push(Message::Answer { process: at, event: event.clone() });
                }
                self.take_in(at, &event);
            }
        }
        if let Some(crash) = weather.crash {
            self.processes[at].crash();
            self.note(|| format!("{request} crashes {crash:?}"));
        }
    }

    /// Whether the gateway has to be left alone for a while. A clock that went back makes nobody
    /// wait longer than one pause.
    fn pauses(&mut self, at: usize, command: &Command) -> bool {
        let (Command::AskGateway { pause_ms } | Command::Void { pause_ms, .. } | Command::Move { pause_ms, .. }) =
            command
        else {
            return false;
        };
        let latest_ms = self.now_ms.saturating_add_unsigned(*pause_ms);
        let process = &mut self.processes[at];
        let asks_at_ms = process.asks_at_ms.map_or(latest_ms, |asks_at_ms| asks_at_ms.min(latest_ms));
        process.asks_at_ms = Some(asks_at_ms);
        self.now_ms < asks_at_ms
    }

    /// What a command does outside of its process, and the event that it leads to.
    fn effect(&mut self, at: usize, command: &Command, weather: Weather) -> Option<Event> {
        let Process { request, shopper, .. } = self.processes[at];
        match command {
            Command::Reserve => self.reserve(at),
            Command::Void { .. } if self.flaw == Some(Flaw::VoidLeftOut) => Some(Event::Voided),
            Command::Move { movement, .. }
                if movement.kind == MovementKind::Release && self.flaw == Some(Flaw::RestHeldAfterRefund) =>
            {
                Some(Event::Moved { movement: movement.clone() })
            }
            // Gift cards pay it altogether, or this part of it: no bank is asked.
            Command::Authorize if self.charged(at).minor_units() == 0 => {
                authorization_of(request).map(|authorization| Event::Authorized { authorization })
            }
            Command::Void { .. } if self.charged(at).minor_units() == 0 => Some(Event::Voided),
            Command::Move { movement, .. } if self.at_gateway(at, movement).is_none() => {
                Some(Event::Moved { movement: movement.clone() })
            }
            Command::Authorize | Command::AskGateway { .. } | Command::Void { .. } | Command::Move { .. } => {
                Some(self.ask_gateway(at, command, weather))
            }
            Command::AwaitShopper { .. } if self.flaw == Some(Flaw::ReturnBelieved) => {
                authorization_of(request).map(|authorization| Event::Authorized { authorization })
            }
            Command::AwaitShopper { until, .. } => self.await_shopper(at, *until, command, weather),
            Command::Confirm { .. } => {
                self.store.confirm(request, &shopper.wanted);
                let locations = self.store.locations_of(request);
                self.note(|| format!("{request} is to be sent from locations {locations:?}"));
                Some(Event::Confirmed)
            }
            Command::Release => {
                self.store.release(request, &shopper.wanted);
                Some(Event::Released)
            }
            Command::Cancel => {
                self.store.cancel(request);
                Some(Event::Cancelled)
            }
            Command::Dispatch => {
                self.store.dispatch(request, self.now_ms);
                Some(Event::Dispatched)
            }
            Command::GiveBack => {
                self.store.give_back(request);
                Some(Event::GivenBack)
            }
            Command::SetAside => None,
        }
    }

    fn reserve(&mut self, at: usize) -> Option<Event> {
        let process = &mut self.processes[at];
        let shopper = process.shopper;
        if self.flaw == Some(Flaw::CheckThenTake) && !process.has_checked && self.store.has(shopper) {
            process.has_checked = true;
            return None;
        }
        match self.store.reserve(process.request, shopper, process.has_checked, self.now_ms) {
            Reserving::Reserved => Some(Event::Reserved),
            Reserving::Short => Some(Event::Short { shortages: self.store.shelves.shortages(&shopper.wanted) }),
            Reserving::Known(order) => {
                process.known = Some(order);
                let request = process.request;
                self.note(|| format!("{request} is answered with order {order}"));
                None
            }
        }
    }

    /// The shopper or the gateway came back, or the process looks by itself; it waits on where nothing
    /// is known yet.
    fn await_shopper(&mut self, at: usize, until: Timestamp, command: &Command, weather: Weather) -> Option<Event> {
        let reserved_until = self.store.orders.get(&self.processes[at].request).map(StoredOrder::reserved_until);
        let until = until.max(reserved_until.unwrap_or(until));
        match self.ask_gateway(at, command, weather) {
            Event::Challenged { .. } if self.now() >= until => Some(Event::ChallengeExpired),
            Event::Challenged { .. } => {
                self.processes[at].asks_at_ms = Some(until.as_millisecond());
                None
            }
            Event::Unanswered | Event::NeverHeard => None,
            event => Some(event),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        // A clock that left the range of time would be no clock.
        Timestamp::from_millisecond(self.now_ms).unwrap_or_default()
    }

    fn ask_gateway(&mut self, at: usize, command: &Command, weather: Weather) -> Event {
        // Nobody knows what became of the question.
        let unanswered = match self.flaw {
            Some(Flaw::TimeoutTakenForDecline) => Event::Declined { reason: DeclineReason::Declined },
            _ => Event::Unanswered,
        };
        if weather.question == Passage::Late {
            self.in_flight.push(Message::Question { process: at, command: command.clone() });
        }
        if weather.question != Passage::Prompt {
            return unanswered;
        }
        let event = self.hear(at, command);
        match weather.answer {
            Passage::Prompt => event,
            Passage::Late => {
                self.in_flight.push(Message::Answer { process: at, event });
                unanswered
            }
            Passage::Lost => unanswered,
        }
    }

    /// The gateway hears a question.
    fn hear(&mut self, at: usize, command: &Command) -> Event {
        let Process { request, shopper, .. } = self.processes[at];
        let until = self.now().saturating_add(CHALLENGE_LIFETIME).unwrap_or(Timestamp::MAX);
        match command {
            Command::Authorize => self.gateway.authorize(request, shopper.card, until),
            Command::Void { .. } => self.gateway.void(request),
            Command::Move { movement, resumes, .. } => self.move_at_gateway(at, movement, resumes.is_some()),
            _ => self.gateway.look_up(request, until),
        }
    }

    fn deliver(&mut self, pick: u8, comes_again: bool) {
        if self.in_flight.is_empty() {
            return;
        }
        let picked = usize::from(pick) % self.in_flight.len();
        let message = if comes_again { self.in_flight[picked].clone() } else { self.in_flight.swap_remove(picked) };
        match message {
            Message::Question { process, command } => {
                let request = self.processes[process].request;
                self.note(|| format!("the gateway hears late of {command:?} for {request}"));
                let event = self.hear(process, &command);
                self.in_flight.push(Message::Answer { process, event });
            }
            Message::Answer { process, event } => self.take_in(process, &event),
        }
    }

    /// One transaction: the event in the log, and what it does to the book and to the order. What
    /// does not fit the saga is a duplicate.
    pub(super) fn take_in(&mut self, at: usize, event: &Event) {
        let charged_minor = self.charged(at).minor_units();
        let process = &mut self.processes[at];
        let request = process.request;
        let saga = process.saga.get_or_insert_with(|| take_up(&process.log, self.flaw));
        let before = saga.clone();
        saga.on(event);
        let is_new = *saga != before;
        if is_new {
            process.log.push(event.clone());
            process.asks_at_ms = None;
        }
        if is_new || self.flaw == Some(Flaw::DuplicateApplied) {
            match event {
                Event::Authorized { .. } => self.book.hold(request, charged_minor),
                // What was never held is only given up.
                Event::Voided if self.book.pending_minor(request) != 0 => {
                    self.book.void(request, charged_minor);
                }
                Event::Moved { movement } | Event::RefundedElsewhere { movement } => {
                    let moved = before.tally().copied().unwrap_or_default();
                    self.note_movement(at, movement, &moved);
                }
                Event::CancellationRequested if is_new => self.store.request_cancellation(request),
                Event::GivenUp if is_new => self.store.give_up(request),
                _ => {}
            }
        }
        let verb = if is_new { "stores" } else { "ignores" };
        self.note(|| format!("{request} {verb} {event:?}"));
    }

    pub(super) fn note(&mut self, line: impl FnOnce() -> String) {
        let now_ms = self.now_ms;
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{now_ms:>8} ms  {}", line()));
        }
    }
}

/// A process that begins, or goes on after a crash.
fn take_up(log: &[Event], flaw: Option<Flaw>) -> Saga {
    if flaw == Some(Flaw::TakenUpWithoutLooking) { Saga::replay(log) } else { Saga::taken_up(log) }
}

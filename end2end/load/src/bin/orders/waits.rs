use std::time::Duration;

/// How long shoppers waited, and when they pressed.
#[derive(Default)]
pub(crate) struct Waits {
    waits: Vec<Duration>,
    /// Orders by the ten seconds in which the button was to be pressed.
    windows: Vec<u64>,
}

const WINDOW_SECONDS: u64 = 10;

impl Waits {
    pub(crate) fn note(&mut self, pressed: Duration, waited: Duration) {
        self.waits.push(waited);
        let window = usize::try_from(pressed.as_secs() / WINDOW_SECONDS).unwrap_or_default();
        if self.windows.len() <= window {
            self.windows.resize(window + 1, 0);
        }
        self.windows[window] += 1;
    }

    pub(crate) fn take_in(&mut self, other: Self) {
        self.waits.extend(other.waits);
        self.windows.resize(self.windows.len().max(other.windows.len()), 0);
        for (sum, count) in self.windows.iter_mut().zip(other.windows) {
            *sum += count;
        }
    }

    /// Prints orders a second over the whole time that it took, and how long the shoppers waited.
    pub(crate) fn print(&mut self, took: Duration) {
        self.waits.sort_unstable();
        let orders = self.waits.len();
        let per_second = orders as u128 * 1_000 / took.as_millis().max(1);
        println!("{orders} orders in {:.1} s, {per_second} a second", took.as_secs_f64());
        let permille = |part: usize| self.waits.get((orders * part / 1_000).min(orders.saturating_sub(1)));
        for (name, part) in [("p50", 500), ("p99", 990), ("p99.9", 999), ("longest", 1_000)] {
            println!("{name} {} ms", permille(part).copied().unwrap_or_default().as_millis());
        }
        println!("in each {WINDOW_SECONDS} s: {:?}", self.windows);
    }
}

//! Instants and spans on the page's own timeline, as numbers that cannot be mixed up.
//!
//! The engine never reads a clock. Every instant comes in as an argument, in the unit of the
//! browser's `DOMHighResTimeStamp` (milliseconds); the wire wants nanoseconds for spans and epoch
//! milliseconds for dates, and [`Duration::as_nanos`] and [`Clocks::timestamp`] are the only
//! places where that conversion happens.

use core::ops::{Add, Sub};

/// Milliseconds since the page's time origin (`performance.timeOrigin`). May be negative for what
/// happened before this document, and is fractional.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct RelativeTime(f64);

impl RelativeTime {
    /// The time origin itself: where the initial view starts.
    pub const ORIGIN: Self = Self(0.0);

    /// Later than any instant.
    pub const NEVER: Self = Self(f64::INFINITY);

    /// From a `DOMHighResTimeStamp`.
    pub const fn from_millis(millis: f64) -> Self {
        Self(millis)
    }

    /// As a `DOMHighResTimeStamp`.
    pub const fn as_millis(self) -> f64 {
        self.0
    }

    /// The earlier of the two.
    pub fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    /// The later of the two.
    pub fn max(self, other: Self) -> Self {
        if self < other { other } else { self }
    }

    /// The span from `earlier` to this instant, zero when `earlier` is in fact later.
    pub fn saturating_since(self, earlier: Self) -> Duration {
        (self - earlier).max(Duration::ZERO)
    }
}

/// A span of time in milliseconds, fractional; negative spans occur only in sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Duration(f64);

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0.0);

    /// From milliseconds.
    pub const fn from_millis(millis: f64) -> Self {
        Self(millis)
    }

    /// From whole seconds.
    pub const fn from_secs(secs: u32) -> Self {
        Self(secs as f64 * 1_000.0)
    }

    /// From whole minutes.
    pub const fn from_mins(mins: u32) -> Self {
        Self::from_secs(mins * 60)
    }

    /// In milliseconds.
    pub const fn as_millis(self) -> f64 {
        self.0
    }

    /// In the wire's unit: whole nanoseconds, `round(ms × 10⁶)`, never negative: 0 instead.
    pub fn as_nanos(self) -> u64 {
        (self.0 * 1_000_000.0 + 0.5) as u64
    }

    /// The longer of the two.
    pub fn max(self, other: Self) -> Self {
        if self < other { other } else { self }
    }

    /// The shorter of the two.
    pub fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }
}

impl Sub for RelativeTime {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        Duration(self.0 - earlier.0)
    }
}

impl Add<Duration> for RelativeTime {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0 + span.0)
    }
}

impl Add for Duration {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Duration {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// Epoch milliseconds.
pub type TimeStamp = u64;

/// An instant read from both of the page's clocks at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// `performance.now()`
    pub at: RelativeTime,
    /// `Date.now()`, epoch milliseconds. Jumps when the user or the network sets the clock.
    pub wall: f64,
}

impl Now {
    /// The wall clock's reading.
    pub const fn timestamp(self) -> TimeStamp {
        self.wall as TimeStamp
    }
}

/// Where the page's timeline stands in the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clocks {
    origin: f64,
    corrected: f64,
}

impl Clocks {
    /// `origin` is `performance.timeOrigin`, in fractional epoch milliseconds.
    pub const fn new(origin: f64) -> Self {
        Self { origin, corrected: origin }
    }

    /// Learns from a reading how far the clocks have run apart. Only a wall clock that is ahead
    /// counts (a machine that slept stops `performance.now()` in some browsers), as in
    /// `@datadog/js-core` 0.0.17, `entries/time`.
    pub fn observe(&mut self, now: Now) {
        let origin = now.wall - now.at.as_millis();
        self.corrected = if origin > self.origin { origin } else { self.origin };
    }

    /// The wall-clock time of an instant.
    pub fn timestamp(self, at: RelativeTime) -> TimeStamp {
        (self.corrected + at.as_millis() + 0.5) as TimeStamp
    }

    /// The instant of a wall-clock time in epoch milliseconds.
    pub fn relative(self, epoch_millis: f64) -> RelativeTime {
        RelativeTime::from_millis(epoch_millis - self.corrected)
    }

    /// Milliseconds by which the wall clock is ahead, rounded; negative when it is behind.
    pub fn drift(self, now: Now) -> f64 {
        let drift = now.wall - now.at.as_millis() - self.origin;
        (if drift < 0.0 { drift - 0.5 } else { drift + 0.5 }) as i64 as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(at: f64, wall: f64) -> Now {
        Now { at: RelativeTime::from_millis(at), wall }
    }

    #[test]
    fn rounds_to_the_units_of_the_wire() {
        assert_eq!(Duration::from_millis(1.234_567_89).as_nanos(), 1_234_568);
        assert_eq!(Duration::from_millis(-1.0).as_nanos(), 0);
        assert_eq!(Clocks::new(1_000.4).timestamp(RelativeTime::from_millis(0.2)), 1_001);
    }

    #[test]
    fn follows_a_wall_clock_that_ran_ahead_but_not_one_that_fell_behind() {
        let mut clocks = Clocks::new(1_000_000.0);
        clocks.observe(now(5_000.0, 1_065_000.0));
        assert_eq!(clocks.timestamp(RelativeTime::from_millis(5_000.0)), 1_065_000);
        clocks.observe(now(6_000.0, 1_001_000.0));
        assert_eq!(clocks.timestamp(RelativeTime::from_millis(6_000.0)), 1_006_000);
    }

    #[test]
    fn says_how_far_the_clocks_are_apart() {
        let clocks = Clocks::new(1_000_000.0);
        assert_eq!(clocks.drift(now(5_000.0, 1_065_000.4)), 60_000.0);
        assert_eq!(clocks.drift(now(5_000.0, 1_004_000.0)), -1_000.0);
    }
}

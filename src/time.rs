//! Instants and spans on the page's own timeline, as numbers that cannot be mixed up.
//!
//! The engine never reads a clock. Every instant comes in as an argument, in the unit of the
//! browser's `DOMHighResTimeStamp` (milliseconds); the wire wants nanoseconds for spans and epoch
//! milliseconds for dates, and [`Duration::as_nanos`] and [`Clocks::epoch_millis`] are the only
//! places where that conversion happens.

use core::ops::{Add, Sub};

/// Milliseconds since the page's time origin (`performance.timeOrigin`). May be negative for what
/// happened before this document, and is fractional.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct RelativeTime(f64);

impl RelativeTime {
    /// The time origin itself: where the initial view starts.
    pub const ORIGIN: Self = Self(0.0);

    /// From a `DOMHighResTimeStamp`.
    pub const fn from_millis(millis: f64) -> Self {
        Self(millis)
    }

    /// As a `DOMHighResTimeStamp`.
    pub const fn as_millis(self) -> f64 {
        self.0
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

    /// In the wire's unit: whole nanoseconds, `round(ms × 10⁶)`, never negative.
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

/// Where the page's timeline stands in the world: the wall-clock time of its time origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clocks {
    origin: f64,
}

impl Clocks {
    /// `origin` is `performance.timeOrigin`, in fractional epoch milliseconds.
    pub const fn new(origin: f64) -> Self {
        Self { origin }
    }

    /// The wall-clock time of an instant, in whole epoch milliseconds.
    pub fn epoch_millis(self, at: RelativeTime) -> TimeStamp {
        (self.origin + at.as_millis() + 0.5) as u64
    }

    /// The instant of a wall-clock time.
    pub fn relative(self, epoch_millis: f64) -> RelativeTime {
        RelativeTime::from_millis(epoch_millis - self.origin)
    }
}

//! So many events a minute are enough.

use crate::time::{Duration, RelativeTime};

/// Of each kind (`@datadog/browser-core` 7.16, `configuration`: `eventRateLimiterThreshold`).
pub const EVENTS_A_MINUTE: u32 = 3_000;
/// Counted from the first event (same package, `createEventRateLimiter`).
const WINDOW: Duration = Duration::from_mins(1);

/// Whether an event may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may.
    Granted,
    /// It is the first one in its minute that may not.
    Exhausted,
    /// Nor may those after it.
    Refused,
}

/// The events of the current minute, for each of a few kinds.
#[derive(Clone, Debug, Default)]
pub struct Limits([Window; KINDS]);

/// How many kinds there may be; others are not limited.
const KINDS: usize = 5;

#[derive(Clone, Copy, Debug)]
struct Window {
    end: RelativeTime,
    count: u32,
}

impl Default for Window {
    fn default() -> Self {
        Self { end: RelativeTime::ORIGIN, count: 0 }
    }
}

impl Limits {
    /// One more event of this kind.
    pub fn admit(&mut self, kind: usize, now: RelativeTime) -> Admission {
        let Some(window) = self.0.get_mut(kind) else { return Admission::Granted };
        if window.end <= now {
            *window = Window { end: now + WINDOW, count: 0 };
        }
        window.count += 1;
        match window.count {
            ..=EVENTS_A_MINUTE => Admission::Granted,
            count if count == EVENTS_A_MINUTE + 1 => Admission::Exhausted,
            _ => Admission::Refused,
        }
    }
}

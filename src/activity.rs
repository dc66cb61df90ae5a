//! Page activity: when what an input or a new address set off has come to rest. In go signals of
//! the page, out comes how and when the activity ended.
//!
//! Reference: `@datadog/browser-rum-core` 7.16, `domain/waitPageActivityEnd`. Deliberate differences:
//! the end says how it came about, and a view's wait can be bounded, so that a page that never comes
//! to rest (a ticker, a poll) has a loading time all the same.

use crate::time::{Duration, RelativeTime};

/// No activity for this long after the start: there was none (`PAGE_ACTIVITY_VALIDATION_DELAY`).
pub const VALIDATION: Duration = Duration::from_millis(100.0);

/// No activity for this long after some: it has ended (`PAGE_ACTIVITY_END_DELAY`).
pub const IDLE: Duration = Duration::from_millis(100.0);

/// A view's wait ends this long after the view's start or its load event, whichever is later. The
/// official SDK has no bound; this is what it gives a click (`CLICK_ACTION_MAX_DURATION`): who waits
/// longer than that after `load` is kept waiting by something that is not the page's loading.
pub const LOADING_BOUND: Duration = Duration::from_secs(10);

/// A sign that the page is at work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activity {
    /// The document was mutated, a window was opened, or a resource arrived.
    Change,
    /// `fetch` or `XMLHttpRequest` was called. Ids count up.
    RequestStart(u32),
    /// The request with this id is over.
    RequestEnd(u32),
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// Nothing happened within [`VALIDATION`].
    NoActivity,
    /// The page came to rest; the time of its last activity.
    Idle(RelativeTime),
    /// The page was still at work at the bound, which is the time.
    Bounded(RelativeTime),
    /// Somebody wanted to know before it had ended: until when there was activity, if any was seen.
    Interrupted(Option<RelativeTime>),
}

/// Waits for the end of the activity that starts with it.
///
/// [`Wait::poll`] belongs into a timer's task, not after every input: a handler that keeps the page
/// busy for 300 ms and mutates the document at its end has been active, and no timer can fire before.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    started: RelativeTime,
    bound: Option<RelativeTime>,
    last: Option<RelativeTime>,
    first_request: Option<u32>,
    pending: u32,
}

impl Wait {
    /// From now on.
    pub const fn start(now: RelativeTime, bound: Option<RelativeTime>) -> Self {
        Self { started: now, bound, last: None, first_request: None, pending: 0 }
    }

    /// Ends at this time whatever happens.
    pub const fn bound(&mut self, at: RelativeTime) {
        self.bound = Some(at);
    }

    /// Whether it counts: the end of a request that began before the wait does not.
    pub fn on_activity(&mut self, activity: Activity, at: RelativeTime) -> bool {
        match activity {
            Activity::Change => {}
            Activity::RequestStart(id) => {
                self.first_request.get_or_insert(id);
                self.pending += 1;
            }
            Activity::RequestEnd(id) => {
                if self.first_request.is_none_or(|first| id < first) {
                    return false;
                }
                self.pending = self.pending.saturating_sub(1);
            }
        }
        self.last = Some(at);
        true
    }

    /// When to poll; absent while requests are pending and there is no bound.
    pub fn deadline(&self) -> Option<RelativeTime> {
        crate::time::earliest(self.rest(), self.bound)
    }

    /// How it ended, if it has. Drop the wait then.
    pub fn poll(&self, now: RelativeTime) -> Option<End> {
        let is_over = |at: &RelativeTime| now >= *at;
        let rest = self.rest();
        match (self.deadline().filter(is_over)?, self.last) {
            (_, None) => Some(End::NoActivity),
            (at, Some(last)) if rest == Some(at) => Some(End::Idle(last)),
            (at, _) => Some(End::Bounded(at)),
        }
    }

    /// The end, before it has come. A pending request is activity.
    pub fn interrupt(&self, at: RelativeTime) -> End {
        End::Interrupted(if self.pending > 0 { Some(at) } else { self.last })
    }

    /// Since when there will have been rest if nothing happens any more.
    fn rest(&self) -> Option<RelativeTime> {
        match self.last {
            None => Some(self.started + VALIDATION),
            Some(last) => (self.pending == 0).then(|| last + IDLE),
        }
    }
}

#[cfg(test)]
mod tests;

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
    /// The start, as long as there was no activity.
    last: RelativeTime,
    had_activity: bool,
    bound: RelativeTime,
    /// Id of the first request since the start.
    first_request: u32,
    pending: u32,
}

impl Wait {
    /// From now on, without a bound.
    pub const fn start(now: RelativeTime) -> Self {
        Self {
            last: now,
            had_activity: false,
            bound: RelativeTime::NEVER,
            first_request: u32::MAX,
            pending: 0,
        }
    }

    /// Ends at this time whatever happens.
    pub const fn bound(mut self, at: RelativeTime) -> Self {
        self.bound = at;
        self
    }

    /// Takes what happened. The end of a request that began before the wait is nothing to it.
    pub fn on_activity(&mut self, activity: Activity, at: RelativeTime) {
        match activity {
            Activity::Change => {}
            Activity::RequestStart(id) => {
                self.first_request = self.first_request.min(id);
                self.pending += 1;
            }
            Activity::RequestEnd(id) if id < self.first_request => return,
            Activity::RequestEnd(_) => self.pending = self.pending.saturating_sub(1),
        }
        self.last = at;
        self.had_activity = true;
    }

    /// A request of which is known only afterwards from when to when it was under way: where nobody
    /// tells when one begins. It was activity if it began before the page had come to rest; whether
    /// that is news is the answer, also after the end of the wait, which then goes on.
    pub fn on_request(&mut self, start: RelativeTime, end: RelativeTime) -> bool {
        let is_news = start <= self.deadline() && self.last < end;
        if is_news {
            self.last = end;
            self.had_activity = true;
        }
        is_news
    }

    /// Whether there was any activity so far.
    pub const fn had_activity(&self) -> bool {
        self.had_activity
    }

    /// When to poll; never while requests are pending and there is no bound.
    pub fn deadline(&self) -> RelativeTime {
        self.rest().min(self.bound)
    }

    /// How it ended, if it has. Drop the wait then.
    pub fn poll(&self, now: RelativeTime) -> Option<End> {
        let at = self.deadline();
        (at <= now).then(|| match self.had_activity {
            false => End::NoActivity,
            true if at == self.rest() => End::Idle(self.last),
            true => End::Bounded(at),
        })
    }

    /// The end, before it has come. A pending request is activity.
    pub fn interrupt(&self, at: RelativeTime) -> End {
        let last = if self.pending > 0 { at } else { self.last };
        End::Interrupted(self.had_activity.then_some(last))
    }

    /// Since when there will have been rest if nothing happens any more.
    fn rest(&self) -> RelativeTime {
        let delay = if self.had_activity { IDLE } else { VALIDATION };
        if self.pending > 0 { RelativeTime::NEVER } else { self.last + delay }
    }
}

#[cfg(test)]
mod tests;

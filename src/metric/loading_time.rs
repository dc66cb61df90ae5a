//! Loading time: from the start of a view until the page has come to rest. In go page activity and
//! the end of the load event, out comes a span and how it was found.
//!
//! Reference: `@datadog/browser-rum-core` 7.16, `viewMetrics/trackLoadingTime`. Deliberate differences:
//! the wait is bounded ([`LOADING_BOUND`]), so that a page with a ticker or a poll has a loading time
//! too; the event says how it ended, also where there is none; and where requests are only known
//! afterwards, the time is corrected.

use crate::activity::{Activity, End, LOADING_BOUND, Wait};
use crate::json::Writer;
use crate::page_state::{PageState, PageStates};
use crate::time::{Duration, RelativeTime};

/// Of one view.
#[derive(Clone, Debug)]
pub struct LoadingTime {
    start: RelativeTime,
    /// A later view begins where it is seen: a page that came back may have been hidden at its start.
    seen_from: RelativeTime,
    wait: Wait,
    is_document: bool,
    loaded: Option<RelativeTime>,
    /// How the wait ended; absent while it goes on.
    end: Option<End>,
    /// When the view ended.
    stopped: Option<RelativeTime>,
    /// What the page said it was.
    manual: Option<Duration>,
}

impl LoadingTime {
    /// Of a view that starts at `start` and is known of since `now`. That of a document waits for
    /// its load event too.
    pub fn new(start: RelativeTime, now: RelativeTime, is_document: bool) -> Self {
        Self {
            start,
            seen_from: if is_document { start } else { now },
            wait: Wait::start(now).bound(now + LOADING_BOUND),
            is_document,
            loaded: None,
            end: None,
            stopped: None,
            manual: None,
        }
    }

    /// The page is at work.
    pub fn on_activity(&mut self, activity: Activity, at: RelativeTime) {
        if self.is_waiting() && self.stopped.is_none() {
            self.wait.on_activity(activity, at);
        }
    }

    /// See [`Wait::on_request`]; whether the value may change.
    pub fn on_request(&mut self, start: RelativeTime, end: RelativeTime) -> bool {
        let is_news = self.start <= start && self.wait.on_request(start, end);
        if is_news {
            // A view that ended before the page had come to rest had not loaded.
            let was_left = self.stopped.is_some_and(|stopped| stopped < self.wait.deadline());
            self.end = was_left.then_some(End::Interrupted(None));
        }
        is_news
    }

    /// The document's load event has ended.
    pub fn on_load(&mut self, at: RelativeTime) {
        self.loaded = Some(at);
    }

    /// The time has come, or may have: whether there may be a value now.
    pub fn on_timer(&mut self, now: RelativeTime) -> bool {
        if self.is_waiting() {
            self.end = self.wait.poll(now);
            return self.end.is_some()
                && (self.end != Some(End::NoActivity) || self.loaded.is_some());
        }
        false
    }

    /// `setViewLoadingTime`: the page knows better; the last call counts.
    pub fn set(&mut self, span: Duration) {
        self.manual = Some(span);
    }

    /// The view ended, maybe before it had loaded.
    pub fn stop(&mut self, at: RelativeTime) {
        self.stopped = Some(at);
        self.end = self.end.or(Some(End::Interrupted(None)));
    }

    /// When to call [`LoadingTime::on_timer`].
    pub fn deadline(&self) -> Option<RelativeTime> {
        self.is_waiting().then(|| self.wait.deadline())
    }

    /// Whether the page was hidden at any time of the view until then.
    pub fn was_hidden(&self, states: &PageStates, until: RelativeTime) -> bool {
        states.was(PageState::Hidden, self.seen_from, until)
    }

    fn is_waiting(&self) -> bool {
        self.end.is_none() && self.manual.is_none()
    }

    /// Writes it into the `view` part, as it stands at this time.
    pub fn write(&self, w: &mut Writer, states: &PageStates, now: RelativeTime) {
        w.some_span("loading_time", self.outcome(states, now).0);
    }

    /// Writes how it was found, `idle`, `bounded` or `manual`, or why there is none: `no_activity`,
    /// `hidden` or `view_ended`.
    pub fn write_end(&self, w: &mut Writer, states: &PageStates, now: RelativeTime) {
        w.nonempty("loading_time_end", self.outcome(states, now).1);
    }

    fn outcome(&self, states: &PageStates, now: RelativeTime) -> (Option<Duration>, &'static str) {
        if self.manual.is_some() {
            return (self.manual, "manual");
        }
        let (end, how) = self.ending();
        let until = end.or(self.stopped).unwrap_or(now).max(self.seen_from);
        // Nobody saw a hidden page load, and browsers are in no hurry to load one.
        if self.was_hidden(states, until) {
            return (None, "hidden");
        }
        (end.map(|end| end.saturating_since(self.start)), how)
    }

    /// When it had loaded, and how that was found.
    fn ending(&self) -> (Option<RelativeTime>, &'static str) {
        let is_waiting = self.end.is_none() || (self.is_document && self.loaded.is_none());
        let later = |at: RelativeTime| Some(self.loaded.map_or(at, |loaded| loaded.max(at)));
        match self.end {
            Some(End::Interrupted(_)) => (None, "view_ended"),
            _ if is_waiting => (None, if self.stopped.is_some() { "view_ended" } else { "" }),
            Some(End::Idle(at)) => (later(at), "idle"),
            Some(End::Bounded(at)) => (later(at), "bounded"),
            _ if self.is_document => (self.loaded, "idle"),
            _ => (None, "no_activity"),
        }
    }
}

#[cfg(test)]
mod tests;

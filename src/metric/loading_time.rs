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
mod tests {
    use super::*;

    fn at(millis: f64) -> RelativeTime {
        RelativeTime::from_millis(millis)
    }

    fn visible() -> PageStates {
        let mut states = PageStates::default();
        states.enter(PageState::Active, at(0.0));
        states
    }

    /// Of a page that is visible, as it stands long after.
    fn outcome(loading: &LoadingTime) -> (Option<f64>, &'static str) {
        let (value, how) = loading.outcome(&visible(), at(90_000.0));
        (value.map(Duration::as_millis), how)
    }

    #[test]
    fn a_route_is_loaded_when_its_page_has_come_to_rest() {
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        loading.on_activity(Activity::Change, at(1_050.0));
        assert!(!loading.on_timer(at(1_149.0)));
        assert_eq!(outcome(&loading), (None, ""));
        assert!(loading.on_timer(at(1_150.0)));
        assert_eq!(outcome(&loading), (Some(50.0), "idle"));
        assert_eq!(loading.deadline(), None);
    }

    #[test]
    fn a_route_that_sets_nothing_off_has_none() {
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        assert!(!loading.on_timer(at(1_100.0)));
        assert_eq!((outcome(&loading), loading.deadline()), ((None, "no_activity"), None));
    }

    #[test]
    fn a_view_that_ends_before_it_has_loaded_has_none() {
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        loading.on_activity(Activity::Change, at(1_050.0));
        loading.stop(at(1_060.0));
        assert_eq!((outcome(&loading), loading.deadline()), ((None, "view_ended"), None));
        let mut document = LoadingTime::new(at(0.0), at(300.0), true);
        document.on_activity(Activity::Change, at(310.0));
        document.on_timer(at(410.0));
        document.stop(at(420.0));
        assert_eq!(outcome(&document), (None, "view_ended"));
        document.on_load(at(500.0));
        assert_eq!(outcome(&document), (Some(500.0), "idle"));
    }

    #[test]
    fn a_view_that_ends_after_it_has_loaded_keeps_its_time() {
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        loading.on_activity(Activity::Change, at(1_050.0));
        loading.on_timer(at(1_150.0));
        loading.stop(at(1_200.0));
        assert_eq!(outcome(&loading), (Some(50.0), "idle"));
    }

    #[test]
    fn a_document_is_loaded_by_the_end_of_its_load_event_at_the_earliest() {
        let mut loading = LoadingTime::new(at(0.0), at(300.0), true);
        loading.on_activity(Activity::Change, at(350.0));
        loading.on_timer(at(450.0));
        assert_eq!(outcome(&loading), (None, ""));
        loading.on_load(at(900.0));
        assert_eq!(outcome(&loading), (Some(900.0), "idle"));
    }

    #[test]
    fn a_document_that_loaded_before_anybody_watched_and_rests_took_until_its_load_event() {
        let mut loading = LoadingTime::new(at(0.0), at(900.0), true);
        loading.on_load(at(800.0));
        assert!(loading.on_timer(at(1_000.0)));
        assert_eq!(outcome(&loading), (Some(800.0), "idle"));
    }

    #[test]
    fn a_page_that_never_rests_has_a_bounded_one() {
        let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
        for tick in 0..200 {
            loading.on_activity(Activity::Change, at(f64::from(tick) * 50.0));
            assert!(!loading.on_timer(at(f64::from(tick) * 50.0)));
        }
        assert!(loading.on_timer(at(10_000.0)));
        assert_eq!(outcome(&loading), (Some(10_000.0), "bounded"));
    }

    #[test]
    fn a_page_that_was_hidden_meanwhile_has_none() {
        let mut states = visible();
        states.enter(PageState::Hidden, at(20.0));
        let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
        loading.on_activity(Activity::Change, at(50.0));
        // It may never come back to tell more.
        assert_eq!(loading.outcome(&states, at(30.0)), (None, "hidden"));
        loading.on_timer(at(150.0));
        assert_eq!(loading.outcome(&states, at(150.0)), (None, "hidden"));
    }

    #[test]
    fn a_page_that_was_hidden_after_it_had_loaded_has_one() {
        let mut states = visible();
        states.enter(PageState::Hidden, at(51.0));
        let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
        loading.on_activity(Activity::Change, at(50.0));
        loading.on_timer(at(150.0));
        assert_eq!(loading.outcome(&states, at(150.0)).1, "idle");
    }

    #[test]
    fn the_page_knows_better() {
        let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
        loading.set(Duration::from_millis(70.0));
        loading.on_activity(Activity::Change, at(80.0));
        assert!(!loading.on_timer(at(500.0)));
        assert_eq!(outcome(&loading), (Some(70.0), "manual"));
    }

    /// Spinner, request, content: 21 ms after the start the page seems to have come to rest.
    fn spinner() -> LoadingTime {
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        loading.on_activity(Activity::Change, at(1_021.0));
        loading.on_timer(at(1_121.0));
        loading
    }

    #[test]
    fn a_request_that_is_known_afterwards_corrects_the_time() {
        let mut loading = spinner();
        assert!(loading.on_request(at(1_030.0), at(1_830.0)));
        assert_eq!((outcome(&loading), loading.deadline()), ((None, ""), Some(at(1_930.0))));
        loading.on_activity(Activity::Change, at(1_840.0));
        assert!(loading.on_timer(at(1_940.0)));
        assert_eq!(outcome(&loading), (Some(840.0), "idle"));
    }

    #[test]
    fn a_request_from_before_the_view_or_after_its_rest_corrects_nothing() {
        let mut loading = spinner();
        assert!(!loading.on_request(at(999.0), at(1_830.0)));
        assert!(!loading.on_request(at(1_121.5), at(1_830.0)));
        assert_eq!(outcome(&loading), (Some(21.0), "idle"));
        assert!(loading.on_request(at(1_121.0), at(1_830.0)));
    }

    #[test]
    fn a_request_that_outlasts_the_bound_is_bounded() {
        let mut loading = spinner();
        loading.on_request(at(1_030.0), at(60_000.0));
        assert!(loading.on_timer(at(60_000.0)));
        assert_eq!(outcome(&loading), (Some(10_000.0), "bounded"));
    }

    #[test]
    fn a_view_that_ended_during_a_request_had_not_loaded() {
        let mut loading = spinner();
        loading.stop(at(1_500.0));
        loading.on_request(at(1_030.0), at(1_830.0));
        assert_eq!((outcome(&loading), loading.deadline()), ((None, "view_ended"), None));
        let mut loading = spinner();
        loading.stop(at(2_500.0));
        loading.on_request(at(1_030.0), at(1_830.0));
        loading.on_timer(at(2_600.0));
        assert_eq!(outcome(&loading), (Some(830.0), "idle"));
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        loading.stop(at(1_060.0));
        loading.on_request(at(1_030.0), at(1_050.0));
        assert_eq!(outcome(&loading), (None, "view_ended"));
    }
}

//! Loading time: from the start of a view until the page has come to rest. In go page activity and
//! the end of the load event, out comes a span and how it was found.
//!
//! Reference: `@datadog/browser-rum-core` 7.16, `viewMetrics/trackLoadingTime`. Deliberate difference:
//! the wait is bounded ([`LOADING_BOUND`]) and the event says how it ended, so that a page with a
//! ticker or a poll has a loading time too.

use crate::activity::{Activity, End, LOADING_BOUND, Wait};
use crate::json::Writer;
use crate::page_state::{PageState, PageStates};
use crate::time::{Duration, RelativeTime};

/// Of one view.
#[derive(Clone, Debug)]
pub struct LoadingTime {
    start: RelativeTime,
    /// Absent when nothing is waited for any more.
    wait: Option<Wait>,
    is_document: bool,
    loaded: Option<RelativeTime>,
    end: Option<End>,
    value: Option<(Duration, &'static str)>,
}

impl LoadingTime {
    /// Of a view that starts at `start` and is known of since `now`. That of a document waits for
    /// its load event too.
    pub fn new(start: RelativeTime, now: RelativeTime, is_document: bool) -> Self {
        Self {
            start,
            wait: Some(Wait::start(now).bound(now + LOADING_BOUND)),
            is_document,
            loaded: None,
            end: None,
            value: None,
        }
    }

    /// The page is at work.
    pub fn on_activity(&mut self, activity: Activity, at: RelativeTime) {
        if let Some(wait) = &mut self.wait {
            wait.on_activity(activity, at);
        }
    }

    /// The document's load event has ended.
    pub fn on_load(&mut self, at: RelativeTime, states: &PageStates) {
        self.loaded = Some(at);
        self.settle(states);
    }

    /// The time has come, or may have: whether there is a value now.
    pub fn on_timer(&mut self, now: RelativeTime, states: &PageStates) -> bool {
        let Some(end) = self.wait.and_then(|wait| wait.poll(now)) else { return false };
        self.wait = None;
        self.end = Some(end);
        self.settle(states);
        self.value.is_some()
    }

    fn settle(&mut self, states: &PageStates) {
        let (at, how) = match (self.end, self.loaded) {
            (Some(End::Idle(at)), loaded) => (loaded.map_or(at, |loaded| loaded.max(at)), "idle"),
            (Some(End::Bounded(at)), loaded) => {
                (loaded.map_or(at, |loaded| loaded.max(at)), "bounded")
            }
            (Some(End::NoActivity), Some(loaded)) => (loaded, "idle"),
            _ => return,
        };
        let is_ready = !self.is_document || self.loaded.is_some();
        // Nobody saw a hidden page load, and browsers are in no hurry to load one.
        if is_ready && self.value.is_none() && !states.was(PageState::Hidden, self.start, at) {
            self.value = Some((at.saturating_since(self.start), how));
        }
    }

    /// `setViewLoadingTime`: the page knows better; the last call counts.
    pub fn set(&mut self, span: Duration) {
        self.wait = None;
        self.value = Some((span, "manual"));
    }

    /// The view ended before it had loaded.
    pub fn stop(&mut self) {
        self.wait = None;
    }

    /// When to call [`LoadingTime::on_timer`].
    pub fn deadline(&self) -> Option<RelativeTime> {
        self.wait.map(|wait| wait.deadline())
    }

    /// Writes it into the `view` part.
    pub fn write(&self, w: &mut Writer) {
        w.some_span("loading_time", self.value.map(|(span, _)| span));
    }

    /// Writes how it was found: `idle`, `bounded` or `manual`.
    pub fn write_end(&self, w: &mut Writer) {
        w.nonempty("loading_time_end", self.value.map_or("", |(_, how)| how));
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

    fn value(loading: &LoadingTime) -> Option<(f64, &'static str)> {
        loading.value.map(|(span, how)| (span.as_millis(), how))
    }

    #[test]
    fn a_route_is_loaded_when_its_page_has_come_to_rest() {
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        loading.on_activity(Activity::Change, at(1_050.0));
        assert!(!loading.on_timer(at(1_149.0), &visible()));
        assert!(loading.on_timer(at(1_150.0), &visible()));
        assert_eq!(value(&loading), Some((50.0, "idle")));
        assert_eq!(loading.deadline(), None);
    }

    #[test]
    fn a_route_that_sets_nothing_off_has_none() {
        let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
        assert!(!loading.on_timer(at(1_100.0), &visible()));
        assert_eq!((value(&loading), loading.deadline()), (None, None));
    }

    #[test]
    fn a_document_is_loaded_by_the_end_of_its_load_event_at_the_earliest() {
        let mut loading = LoadingTime::new(at(0.0), at(300.0), true);
        loading.on_activity(Activity::Change, at(350.0));
        assert!(!loading.on_timer(at(450.0), &visible()));
        loading.on_load(at(900.0), &visible());
        assert_eq!(value(&loading), Some((900.0, "idle")));
    }

    #[test]
    fn a_document_that_loaded_before_anybody_watched_and_rests_took_until_its_load_event() {
        let mut loading = LoadingTime::new(at(0.0), at(900.0), true);
        loading.on_load(at(800.0), &visible());
        assert!(loading.on_timer(at(1_000.0), &visible()));
        assert_eq!(value(&loading), Some((800.0, "idle")));
    }

    #[test]
    fn a_page_that_never_rests_has_a_bounded_one() {
        let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
        for tick in 0..200 {
            loading.on_activity(Activity::Change, at(f64::from(tick) * 50.0));
            assert!(!loading.on_timer(at(f64::from(tick) * 50.0), &visible()));
        }
        assert!(loading.on_timer(at(10_000.0), &visible()));
        assert_eq!(value(&loading), Some((10_000.0, "bounded")));
    }

    #[test]
    fn a_page_that_was_hidden_meanwhile_has_none() {
        let mut states = visible();
        states.enter(PageState::Hidden, at(20.0));
        let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
        loading.on_activity(Activity::Change, at(50.0));
        assert!(!loading.on_timer(at(150.0), &states));
    }

    #[test]
    fn the_page_knows_better() {
        let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
        loading.set(Duration::from_millis(70.0));
        loading.on_activity(Activity::Change, at(80.0));
        assert!(!loading.on_timer(at(500.0), &visible()));
        assert_eq!(value(&loading), Some((70.0, "manual")));
    }
}

//! What the page was when: seen and used, seen only, hidden, frozen, gone.
//!
//! `@datadog/browser-rum-core` 7.16, `domain/contexts/pageStateHistory`, where beyond 500 states the
//! oldest are sent; here the latest, as those say how the view ended.

use alloc::vec::Vec;

use crate::json::Writer;
use crate::time::RelativeTime;

/// States sent with a view (same file: `MAX_PAGE_STATE_ENTRIES_SELECTABLE`).
const MAX_SENT: usize = 500;
/// States kept (same file: `MAX_PAGE_STATE_ENTRIES`).
const MAX_KEPT: usize = 4_000;

/// <https://developer.chrome.com/docs/web-platform/page-lifecycle-api>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of the page lifecycle")]
pub enum PageState {
    Active,
    Passive,
    Hidden,
    Frozen,
    Terminated,
}

impl PageState {
    /// Of a page that runs.
    pub const fn of(is_hidden: bool, is_focused: bool) -> Self {
        match (is_hidden, is_focused) {
            (true, _) => Self::Hidden,
            (false, true) => Self::Active,
            (false, false) => Self::Passive,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Passive => "passive",
            Self::Hidden => "hidden",
            Self::Frozen => "frozen",
            Self::Terminated => "terminated",
        }
    }
}

/// The states of a page, in order.
#[derive(Clone, Debug, Default)]
pub struct PageStates(Vec<(PageState, RelativeTime)>);

impl PageStates {
    /// From this time on it is so; nothing when it was so already. The browser tells what was before
    /// the engine came after what is now.
    pub fn enter(&mut self, state: PageState, at: RelativeTime) {
        let next = self.0.iter().rposition(|(_, start)| *start <= at).map_or(0, |last| last + 1);
        let is = |index: Option<usize>| {
            index.and_then(|index| self.0.get(index)).is_some_and(|(other, _)| *other == state)
        };
        if is(next.checked_sub(1)) {
            return;
        }
        if is(Some(next)) {
            self.0.remove(next);
        }
        if self.0.len() == MAX_KEPT {
            self.0.remove(0);
        }
        self.0.insert(next.min(self.0.len()), (state, at));
    }

    /// Whether the page was seen and used at this time.
    pub fn was_active(&self, at: RelativeTime) -> bool {
        let before = self.0.iter().rev().find(|(_, start)| *start <= at).or_else(|| self.0.first());
        before.is_some_and(|(state, _)| *state == PageState::Active)
    }

    /// Whether the page was in this state at any time from `start` to `end`.
    pub fn was(&self, state: PageState, start: RelativeTime, end: RelativeTime) -> bool {
        self.within(start, end).iter().any(|(other, _)| *other == state)
    }

    /// Writes `page_states` of a view: those from its start to its end, times relative to its
    /// start, hence negative for the first one of most views. A state that ended when the view
    /// started is one of them, as in the official SDK: of a page that came back, that it was hidden.
    pub fn write(&self, w: &mut Writer, start: RelativeTime, end: RelativeTime) {
        let before = self.0.iter().rposition(|(_, at)| *at < start).unwrap_or(0);
        let states = self.0.get(before..self.after(end)).unwrap_or_default();
        let skipped = states.len().saturating_sub(MAX_SENT);
        let states = states.iter().skip(skipped);
        w.list("page_states", states.map(|state| (*state, start)), |w, ((state, at), start)| {
            w.text("state", state.name());
            let nanos = (at - start).as_millis() * 1e6;
            w.decimal("start", (nanos + if nanos < 0.0 { -0.5 } else { 0.5 }) as i64 as f64);
        });
    }

    fn within(&self, start: RelativeTime, end: RelativeTime) -> &[(PageState, RelativeTime)] {
        let first = self.0.iter().rposition(|(_, at)| *at <= start).unwrap_or(0);
        self.0.get(first..self.after(end)).unwrap_or_default()
    }

    /// The index of the first one after this time.
    fn after(&self, end: RelativeTime) -> usize {
        self.0.iter().rposition(|(_, at)| *at <= end).map_or(0, |last| last + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: f64) -> RelativeTime {
        RelativeTime::from_millis(millis)
    }

    fn states() -> PageStates {
        let mut states = PageStates::default();
        states.enter(PageState::Active, at(0.0));
        states.enter(PageState::Active, at(1.0));
        states.enter(PageState::Hidden, at(10.0));
        states.enter(PageState::Passive, at(20.0));
        states
    }

    fn written(states: &PageStates, start: f64, end: f64) -> alloc::string::String {
        Writer::object(|w| states.write(w, at(start), at(end)))
    }

    #[test]
    fn writes_those_of_the_view_relative_to_its_start() {
        assert_eq!(
            written(&states(), 5.0, 15.0),
            "{\"page_states\":[{\"state\":\"active\",\"start\":-5000000},\
             {\"state\":\"hidden\",\"start\":5000000}]}"
        );
    }

    #[test]
    fn knows_when_the_page_was_seen_and_used() {
        let states = states();
        let seen = [-1.0, 0.0, 9.9, 10.0, 25.0].map(|time| states.was_active(at(time)));
        assert_eq!(seen, [true, true, true, false, false]);
        assert!(states.was(PageState::Hidden, at(0.0), at(10.0)));
        assert!(!states.was(PageState::Hidden, at(0.0), at(9.9)));
        assert!(!states.was(PageState::Hidden, at(20.0), at(90.0)));
    }

    #[test]
    fn takes_what_was_before_it_was_there() {
        let mut states = PageStates::default();
        states.enter(PageState::Passive, at(30.0));
        states.enter(PageState::Hidden, at(0.0));
        states.enter(PageState::Passive, at(10.0));
        assert_eq!(states.0, [(PageState::Hidden, at(0.0)), (PageState::Passive, at(10.0))]);
    }

    #[test]
    fn sends_the_latest_500_of_a_restless_page() {
        let mut states = PageStates::default();
        for index in 0..600 {
            states.enter(PageState::of(index % 2 == 0, true), at(f64::from(index)));
        }
        let text = written(&states, 0.0, 1_000.0);
        assert_eq!(text.matches("state\":").count(), 500);
        assert!(text.ends_with("{\"state\":\"active\",\"start\":599000000}]}"));
    }

    #[test]
    fn keeps_the_latest_4000_of_a_restless_page() {
        let mut states = PageStates::default();
        let mut enter = |index| {
            states.enter(PageState::of(index % 2 == 0, true), at(f64::from(index)));
            (states.0.len(), states.0.first().map(|(_, since)| since.as_millis()))
        };
        (0..3_999).for_each(|index| {
            enter(index);
        });
        assert_eq!(enter(3_999), (4_000, Some(0.0)));
        assert_eq!(enter(4_000), (4_000, Some(1.0)));
    }
}

//! First hidden time: since when paints and inputs no longer say what the user saw, because the page
//! had been in the background. In go `visibility-state` entries and hide events, out comes an instant.
//!
//! Reference: `web-vitals 6.2.3 src/lib/getVisibilityWatcher.ts`. Deliberate difference: the
//! history may come in after the tracker was made, and in any order.

use crate::time::RelativeTime;

/// Watches one view for the first moment at which its page is hidden.
///
/// Make it when the page is activated: during prerendering every page is `hidden`.
#[derive(Clone, Debug)]
pub struct Visibility {
    origin: RelativeTime,
    found_hidden: Option<RelativeTime>,
    first_seen: Option<RelativeTime>,
}

impl Visibility {
    /// For a view that counts from `origin`: the activation of a prerendered page, the time origin
    /// of any other, the start of a later view. `found_hidden` is the present instant if the page
    /// is hidden now; it is then taken to have been hidden from the start, until an entry knows
    /// better.
    pub fn new(origin: RelativeTime, found_hidden: Option<RelativeTime>) -> Self {
        Self { origin, found_hidden, first_seen: None }
    }

    /// A `visibility-state` entry named `hidden`. Before the origin such an entry means
    /// prerendering, or an earlier view.
    pub fn on_entry_hidden(&mut self, start: RelativeTime) {
        if start >= self.origin {
            self.on_hidden(start);
        }
    }

    /// The page was hidden: `visibilitychange`, or, with the time origin, `prerenderingchange` on a
    /// page that is activated in the background.
    pub fn on_hidden(&mut self, at: RelativeTime) {
        let is_history = self.found_hidden.is_none_or(|found| at <= found);
        if is_history && super::is_before(at, self.first_seen) {
            self.first_seen = Some(at);
        }
    }

    /// When the page was hidden for the first time; absent while it never was.
    pub fn first_hidden(&self) -> Option<RelativeTime> {
        self.first_seen.or_else(|| self.found_hidden.map(|_| RelativeTime::ORIGIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: f64) -> RelativeTime {
        RelativeTime::from_millis(millis)
    }

    fn visible() -> Visibility {
        Visibility::new(RelativeTime::ORIGIN, None)
    }

    #[test]
    fn a_page_that_stays_visible_has_no_first_hidden_time() {
        assert_eq!(visible().first_hidden(), None);
    }

    #[test]
    fn the_first_hide_counts() {
        let mut visibility = visible();
        visibility.on_hidden(at(4_000.0));
        visibility.on_hidden(at(9_000.0));
        assert_eq!(visibility.first_hidden(), Some(at(4_000.0)));
    }

    #[test]
    fn an_older_entry_corrects_a_later_hide() {
        let mut visibility = visible();
        visibility.on_hidden(at(4_000.0));
        visibility.on_entry_hidden(at(300.0));
        assert_eq!(visibility.first_hidden(), Some(at(300.0)));
    }

    #[test]
    fn a_page_found_hidden_without_history_was_hidden_from_the_start() {
        let mut visibility = Visibility::new(RelativeTime::ORIGIN, Some(at(5_000.0)));
        assert_eq!(visibility.first_hidden(), Some(RelativeTime::ORIGIN));
        visibility.on_hidden(at(9_000.0));
        assert_eq!(visibility.first_hidden(), Some(RelativeTime::ORIGIN));
    }

    #[test]
    fn the_history_tells_when_a_page_found_hidden_really_was_hidden() {
        let mut visibility = Visibility::new(RelativeTime::ORIGIN, Some(at(5_000.0)));
        visibility.on_entry_hidden(at(5_000.0));
        assert_eq!(visibility.first_hidden(), Some(at(5_000.0)));
        visibility.on_entry_hidden(at(1_200.0));
        visibility.on_entry_hidden(at(9_000.0));
        assert_eq!(visibility.first_hidden(), Some(at(1_200.0)));
    }

    #[test]
    fn prerendering_is_not_hiding() {
        let mut visibility = Visibility::new(at(2_000.0), None);
        visibility.on_entry_hidden(at(0.0));
        assert_eq!(visibility.first_hidden(), None);
        visibility.on_entry_hidden(at(2_000.0));
        assert_eq!(visibility.first_hidden(), Some(at(2_000.0)));
    }

    #[test]
    fn a_page_activated_in_the_background_was_never_seen() {
        let mut visibility = Visibility::new(at(2_000.0), None);
        visibility.on_hidden(RelativeTime::ORIGIN);
        assert_eq!(visibility.first_hidden(), Some(RelativeTime::ORIGIN));
    }
}

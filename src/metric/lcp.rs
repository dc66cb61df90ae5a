//! Largest contentful paint: `largest-contentful-paint` entries go in, the last acceptable
//! candidate comes out.
//!
//! Reference: `web-vitals 6.2.3 src/onLCP.ts`. Deliberate differences:
//!
//! * Every entry of a batch is judged, where the reference looks at the last one only and, loaded
//!   after a hide, loses a valid candidate to a later one painted in the background.
//! * What stops the metric is the time of the paint, not of the entry's delivery: a candidate painted
//!   before the first input counts even if it is delivered after it.
//! * An entry smaller than the candidate is ignored. By specification there is none; Datadog met
//!   some (<https://crbug.com/1516655>) and therefore asks for `size > biggest`. With equal
//!   sizes the later entry wins, as in the reference.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::Thresholds;
use crate::entry::LargestContentfulPaint;
use crate::time::{Duration, RelativeTime};

/// In milliseconds, <https://web.dev/articles/lcp#what_is_a_good_lcp_score>.
pub const THRESHOLDS: Thresholds = Thresholds::new(2_500.0, 4_000.0);

/// The largest paint so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidate {
    /// From the origin to the paint; zero when it came before.
    pub duration: Duration,
    /// When it was painted.
    pub start_time: RelativeTime,
    /// Area in CSS pixels.
    pub size: f64,
    /// Selector of the element; empty when it is gone.
    pub target: String,
    /// URL of the image; empty for text.
    pub url: String,
    request: [RelativeTime; 2],
}

/// What the time to the largest paint went into, after the first byte of the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SubParts {
    /// Until the image was requested.
    pub load_delay: Duration,
    /// Until it had arrived.
    pub load_time: Duration,
    /// Until it was painted.
    pub render_delay: Duration,
}

impl Candidate {
    /// `first_byte` is that of the document (`@datadog/browser-rum-core` 7.16,
    /// `viewMetrics/trackLargestContentfulPaint`: `computeLcpSubParts`).
    pub fn sub_parts(&self, first_byte: RelativeTime) -> SubParts {
        let [requested, arrived] = self.request;
        let requested = requested.max(first_byte);
        let arrived = arrived.max(requested).min(self.start_time);
        SubParts {
            load_delay: requested.saturating_since(first_byte),
            load_time: arrived.saturating_since(requested),
            render_delay: self.start_time.saturating_since(arrived),
        }
    }
}

/// The largest contentful paint of one view.
#[derive(Clone, Debug, Default)]
pub struct Lcp {
    candidate: Option<Candidate>,
    end: Option<RelativeTime>,
}

impl Lcp {
    /// An entry counts if it was painted before the page was first hidden and before the end of
    /// the metric. `origin` is the activation of a prerendered page, the time origin of any other,
    /// the start of a later view. Tell the visibility history first: an entry is judged when it
    /// comes in.
    pub fn on_entry(
        &mut self,
        entry: &LargestContentfulPaint<'_>,
        origin: RelativeTime,
        first_hidden: Option<RelativeTime>,
    ) {
        let start_time = entry.start_time;
        if super::is_loading(start_time, origin, first_hidden)
            && super::is_before(start_time, self.end)
            && self.candidate.as_ref().is_none_or(|known| entry.size >= known.size)
        {
            let candidate = self.candidate.get_or_insert_default();
            candidate.duration = start_time.saturating_since(origin);
            candidate.start_time = start_time;
            candidate.size = entry.size;
            candidate.request = entry.request;
            entry.target.clone_into(&mut candidate.target);
            entry.url.clone_into(&mut candidate.url);
        }
    }

    /// Ends the metric: paints from `at` on do not count. To be called for trusted `keydown` and
    /// `click` events and when the page hides; only the earliest call matters. Scrolling ends
    /// nothing, since scripts scroll too (`web-vitals` issue 75).
    ///
    /// A candidate that is already there stays, even if the input's timestamp is older: it was
    /// painted before the page could react to the input.
    pub fn finalize(&mut self, at: RelativeTime) {
        if super::is_before(at, self.end) {
            self.end = Some(at);
        }
    }

    /// The largest paint so far; absent until one came in that counts.
    pub fn value(&self) -> Option<&Candidate> {
        self.candidate.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: f64) -> RelativeTime {
        RelativeTime::from_millis(millis)
    }

    #[test]
    fn an_image_waits_is_loaded_and_is_painted() {
        let mut lcp = Lcp::default();
        let entry = LargestContentfulPaint { request: [at(300.0), at(700.0)], ..paint(900.0, 1.0) };
        lcp.on_entry(&entry, at(0.0), None);
        let parts = lcp.value().unwrap().sub_parts(at(100.0));
        let spans = [parts.load_delay, parts.load_time, parts.render_delay];
        assert_eq!(spans.map(Duration::as_millis), [200.0, 400.0, 200.0]);
    }

    #[test]
    fn text_is_only_painted() {
        let mut lcp = Lcp::default();
        lcp.on_entry(&paint(900.0, 1.0), at(0.0), None);
        let parts = lcp.value().unwrap().sub_parts(at(100.0));
        let spans = [parts.load_delay, parts.load_time, parts.render_delay];
        assert_eq!(spans.map(Duration::as_millis), [0.0, 0.0, 800.0]);
    }

    fn paint(start: f64, size: f64) -> LargestContentfulPaint<'static> {
        LargestContentfulPaint { start_time: at(start), size, ..Default::default() }
    }

    fn feed(lcp: &mut Lcp, start: f64, size: f64) {
        lcp.on_entry(&paint(start, size), RelativeTime::ORIGIN, None);
    }

    fn start(lcp: &Lcp) -> Option<f64> {
        lcp.value().map(|candidate| candidate.start_time.as_millis())
    }

    #[test]
    fn is_absent_before_any_paint() {
        assert_eq!(Lcp::default().value(), None);
    }

    #[test]
    fn the_last_candidate_wins() {
        let mut lcp = Lcp::default();
        feed(&mut lcp, 800.0, 100.0);
        feed(&mut lcp, 1_200.0, 5_000.0);
        assert_eq!(start(&lcp), Some(1_200.0));
    }

    #[test]
    fn tells_what_was_painted_and_how_late() {
        let mut lcp = Lcp::default();
        let entry = LargestContentfulPaint {
            start_time: at(1_200.0),
            size: 5_000.0,
            target: "main>img",
            url: "https://cdn.example.com/hero.avif",
            request: [at(1.0), at(2.0)],
        };
        lcp.on_entry(&entry, at(200.0), None);
        let expected = Candidate {
            duration: Duration::from_millis(1_000.0),
            start_time: at(1_200.0),
            size: 5_000.0,
            target: "main>img".into(),
            url: "https://cdn.example.com/hero.avif".into(),
            request: [at(1.0), at(2.0)],
        };
        assert_eq!(lcp.value(), Some(&expected));
    }

    #[test]
    fn is_zero_for_a_page_painted_before_its_activation() {
        let mut lcp = Lcp::default();
        lcp.on_entry(&paint(900.0, 10.0), at(5_000.0), None);
        assert_eq!(lcp.value().map(|candidate| candidate.duration), Some(Duration::ZERO));
    }

    #[test]
    fn loaded_after_a_hide_it_keeps_the_paint_the_user_saw() {
        let mut lcp = Lcp::default();
        let first_hidden = Some(at(1_000.0));
        lcp.on_entry(&paint(800.0, 100.0), RelativeTime::ORIGIN, first_hidden);
        lcp.on_entry(&paint(1_000.0, 5_000.0), RelativeTime::ORIGIN, first_hidden);
        assert_eq!(start(&lcp), Some(800.0));
    }

    #[test]
    fn is_absent_for_a_page_hidden_before_every_paint() {
        let mut lcp = Lcp::default();
        lcp.on_entry(&paint(800.0, 100.0), RelativeTime::ORIGIN, Some(RelativeTime::ORIGIN));
        assert_eq!(lcp.value(), None);
    }

    #[test]
    fn paints_after_the_first_input_do_not_count() {
        let mut lcp = Lcp::default();
        feed(&mut lcp, 800.0, 100.0);
        lcp.finalize(at(1_000.0));
        feed(&mut lcp, 1_000.0, 5_000.0);
        assert_eq!(start(&lcp), Some(800.0));
    }

    #[test]
    fn a_later_input_does_not_reopen_the_metric() {
        let mut lcp = Lcp::default();
        lcp.finalize(at(1_000.0));
        lcp.finalize(at(3_000.0));
        feed(&mut lcp, 2_000.0, 5_000.0);
        assert_eq!(lcp.value(), None);
    }

    #[test]
    fn a_paint_before_the_first_input_counts_even_if_delivered_after_it() {
        let mut lcp = Lcp::default();
        lcp.finalize(at(1_000.0));
        feed(&mut lcp, 999.0, 100.0);
        assert_eq!(start(&lcp), Some(999.0));
    }

    #[test]
    fn an_input_reported_late_takes_no_candidate_away() {
        let mut lcp = Lcp::default();
        feed(&mut lcp, 1_050.0, 100.0);
        lcp.finalize(at(1_000.0));
        assert_eq!(start(&lcp), Some(1_050.0));
    }

    #[test]
    fn a_smaller_entry_is_ignored_and_of_equal_ones_the_later_wins() {
        let mut lcp = Lcp::default();
        feed(&mut lcp, 800.0, 100.0);
        feed(&mut lcp, 900.0, 99.0);
        assert_eq!(start(&lcp), Some(800.0));
        feed(&mut lcp, 950.0, 100.0);
        assert_eq!(start(&lcp), Some(950.0));
    }
}

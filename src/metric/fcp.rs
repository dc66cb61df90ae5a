//! First contentful paint: the start time of that `paint` entry goes in, a duration comes out.
//!
//! Reference: `web-vitals 6.2.3 src/onFCP.ts`. Tell the visibility history first: the entry is
//! judged when it comes in.

use super::Thresholds;
use crate::time::{Duration, RelativeTime};

/// In milliseconds, <https://web.dev/articles/fcp#what_is_a_good_fcp_score>.
pub const THRESHOLDS: Thresholds = Thresholds::new(1_800.0, 3_000.0);

/// The first contentful paint of one view.
#[derive(Clone, Debug, Default)]
pub struct Fcp {
    is_over: bool,
    value: Option<Duration>,
}

impl Fcp {
    /// A `first-contentful-paint` entry; only the first one counts, and only if the page was never
    /// hidden before. `origin` is the activation of a prerendered page, the time origin of any
    /// other, the start of a later view.
    pub fn on_entry(
        &mut self,
        start: RelativeTime,
        origin: RelativeTime,
        first_hidden: Option<RelativeTime>,
    ) {
        if !self.is_over && super::is_loading(start, origin, first_hidden) {
            self.value = Some(start.saturating_since(origin));
        }
        self.is_over = true;
    }

    /// From the origin to the paint: zero when it came before; absent until the paint, and for a
    /// page hidden before it.
    pub fn value(&self) -> Option<Duration> {
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: f64) -> RelativeTime {
        RelativeTime::from_millis(millis)
    }

    fn fcp(start: f64, origin: f64, first_hidden: Option<f64>) -> Option<Duration> {
        let mut fcp = Fcp::default();
        fcp.on_entry(at(start), at(origin), first_hidden.map(at));
        fcp.value()
    }

    #[test]
    fn is_absent_before_the_paint() {
        assert_eq!(Fcp::default().value(), None);
    }

    #[test]
    fn counts_from_the_origin() {
        assert_eq!(fcp(900.0, 0.0, None), Some(Duration::from_millis(900.0)));
        assert_eq!(fcp(900.0, 800.0, None), Some(Duration::from_millis(100.0)));
    }

    #[test]
    fn is_zero_for_a_page_painted_before_its_activation() {
        assert_eq!(fcp(900.0, 5_000.0, None), Some(Duration::ZERO));
    }

    #[test]
    fn is_absent_for_a_page_hidden_before_the_paint() {
        assert_eq!(fcp(900.0, 0.0, Some(899.0)), None);
        assert_eq!(fcp(900.0, 0.0, Some(900.0)), None);
        assert_eq!(fcp(900.0, 0.0, Some(901.0)), Some(Duration::from_millis(900.0)));
    }

    #[test]
    fn only_the_first_paint_counts_even_if_it_could_not_be_used() {
        let mut fcp = Fcp::default();
        fcp.on_entry(at(900.0), at(0.0), Some(at(100.0)));
        fcp.on_entry(at(950.0), at(0.0), None);
        assert_eq!(fcp.value(), None);

        let mut fcp = Fcp::default();
        fcp.on_entry(at(900.0), at(0.0), None);
        fcp.on_entry(at(950.0), at(0.0), None);
        assert_eq!(fcp.value(), Some(Duration::from_millis(900.0)));
    }
}

//! The Web Vitals of one view: performance entries go in, values come out.
//!
//! A tracker is made when its view starts and dropped with it, so none has a reset: a bfcache
//! restore or a route change is a new view. Trackers know neither a clock nor one another; what one
//! needs from elsewhere (the first hidden time, the origin to count from) is an argument. A value
//! that could not be measured is absent, never zero.
//!
//! Reference: <https://github.com/GoogleChrome/web-vitals>, version 6.2.3 (FID: version 4.2.4).

pub mod cls;
pub mod fcp;
pub mod fid;
pub mod inp;
pub mod lcp;
pub mod loading_time;
pub mod ttfb;
pub mod visibility;

use crate::time::{Duration, RelativeTime};

/// How good a value is for the user, <https://web.dev/articles/defining-core-web-vitals-thresholds>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rating {
    /// Up to and including the lower threshold.
    Good,
    /// Above the lower threshold, up to and including the upper one.
    NeedsImprovement,
    /// Above the upper threshold.
    Poor,
}

/// The two limits of a metric, in the metric's own unit: milliseconds, or none for CLS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    good: f64,
    poor: f64,
}

impl Thresholds {
    const fn new(good: f64, poor: f64) -> Self {
        Self { good, poor }
    }

    /// The rating of a value; a value on a limit has the better one
    /// (`web-vitals src/lib/bindReporter.ts`).
    pub fn rate(self, value: f64) -> Rating {
        if value > self.poor {
            Rating::Poor
        } else if value > self.good {
            Rating::NeedsImprovement
        } else {
            Rating::Good
        }
    }
}

/// A paint this long after the origin says nothing about loading: the machine slept
/// (`@datadog/browser-rum-core` 7.16, `viewMetrics/trackFirstContentfulPaint`: `FCP_MAXIMUM_DELAY`, and
/// `trackLargestContentfulPaint`: `LCP_MAXIMUM_DELAY`).
const LATEST_PAINT: Duration = Duration::from_mins(10);

/// Whether a paint at `start` tells how a page loads that counts from `origin` and was first hidden at
/// `first_hidden`.
fn is_loading(
    start: RelativeTime,
    origin: RelativeTime,
    first_hidden: Option<RelativeTime>,
) -> bool {
    is_before(start, first_hidden) && start < origin + LATEST_PAINT
}

/// Whether something that happened at `start` came before `limit`, which may never come.
fn is_before(start: RelativeTime, limit: Option<RelativeTime>) -> bool {
    limit.is_none_or(|limit| start < limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_a_limit_has_the_better_rating() {
        let thresholds = Thresholds::new(200.0, 500.0);
        assert_eq!(thresholds.rate(200.0), Rating::Good);
        assert_eq!(thresholds.rate(200.1), Rating::NeedsImprovement);
        assert_eq!(thresholds.rate(500.0), Rating::NeedsImprovement);
        assert_eq!(thresholds.rate(500.1), Rating::Poor);
    }

    #[test]
    fn every_metric_has_the_official_thresholds() {
        let limits = |thresholds: Thresholds| (thresholds.good, thresholds.poor);
        assert_eq!(limits(cls::THRESHOLDS), (0.1, 0.25));
        assert_eq!(limits(fcp::THRESHOLDS), (1_800.0, 3_000.0));
        assert_eq!(limits(fid::THRESHOLDS), (100.0, 300.0));
        assert_eq!(limits(inp::THRESHOLDS), (200.0, 500.0));
        assert_eq!(limits(lcp::THRESHOLDS), (2_500.0, 4_000.0));
        assert_eq!(limits(ttfb::THRESHOLDS), (800.0, 1_800.0));
    }

    #[test]
    fn nothing_is_late_without_a_limit() {
        let at = RelativeTime::from_millis;
        assert!(is_before(at(9.0), None));
        assert!(is_before(at(9.0), Some(at(9.5))));
        assert!(!is_before(at(9.0), Some(at(9.0))));
    }
}

//! Time to first byte: from the navigation entry, how long the user waited for the document's
//! first byte, redirects and an early hint's response included.
//!
//! Reference: `web-vitals 6.2.3 src/onTTFB.ts`. Its dummy 0 for bfcache restores and soft navigations
//! is not imitated: those views have no navigation entry, hence no value.

use super::Thresholds;
use crate::entry::Navigation;
use crate::time::Duration;

/// In milliseconds, <https://web.dev/articles/ttfb#what_is_a_good_ttfb_score>.
pub const THRESHOLDS: Thresholds = Thresholds::new(800.0, 1_800.0);

/// From the activation of the page to the first byte: zero when it was prerendered, absent when
/// the browser tells no response start.
pub fn ttfb(navigation: &Navigation) -> Option<Duration> {
    let response_start = navigation.response_start?;
    Some(response_start.saturating_since(navigation.activation_start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::RelativeTime;

    fn navigation(activation: f64, response: Option<f64>) -> Navigation {
        Navigation {
            activation_start: RelativeTime::from_millis(activation),
            response_start: response.map(RelativeTime::from_millis),
            ..Navigation::default()
        }
    }

    #[test]
    fn counts_from_the_time_origin() {
        assert_eq!(ttfb(&navigation(0.0, Some(123.4))), Some(Duration::from_millis(123.4)));
    }

    #[test]
    fn counts_from_the_activation_of_a_page_still_loading_then() {
        assert_eq!(ttfb(&navigation(100.0, Some(150.0))), Some(Duration::from_millis(50.0)));
    }

    #[test]
    fn is_zero_for_a_page_whose_response_came_before_activation() {
        assert_eq!(ttfb(&navigation(2_000.0, Some(150.0))), Some(Duration::ZERO));
    }

    #[test]
    fn is_absent_without_a_response_start() {
        assert_eq!(ttfb(&navigation(0.0, None)), None);
    }
}

//! First input delay: the `first-input` entry goes in, the time its handlers had to wait comes out.
//!
//! Reference: `web-vitals 4.2.4 src/onFID.ts`, the last version that has it; Datadog's view schema
//! still does. After a bfcache restore, for which browsers have no entry, it is
//! `js/vitals/first-input.ts` that measures it.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::Thresholds;
use crate::entry::EventTiming;
use crate::time::{Duration, RelativeTime};

/// In milliseconds, <https://web.dev/articles/fid#what_is_a_good_fid_score>.
pub const THRESHOLDS: Thresholds = Thresholds::new(100.0, 300.0);

/// The first input and its delay.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstInput {
    /// From the input to the start of its handlers.
    pub delay: Duration,
    /// When the user gave it.
    pub start_time: RelativeTime,
    /// Selector of the target; empty when unknown.
    pub target: String,
}

/// The first input delay of one view.
#[derive(Clone, Debug, Default)]
pub struct Fid {
    is_over: bool,
    value: Option<FirstInput>,
}

impl Fid {
    /// An event entry; only the first `first-input` counts, and only if the page was never hidden
    /// before. Tell the visibility history first: the entry is judged when it comes in.
    pub fn on_entry(&mut self, entry: &EventTiming<'_>, first_hidden: Option<RelativeTime>) {
        if !entry.is_first_input || self.is_over {
            return;
        }
        self.is_over = true;
        if super::is_before(entry.start_time, first_hidden) {
            self.value = Some(FirstInput {
                delay: entry.processing_start.saturating_since(entry.start_time),
                start_time: entry.start_time,
                target: entry.target.to_owned(),
            });
        }
    }

    /// The first input; absent until there is one, and for a page hidden before it.
    pub fn value(&self) -> Option<&FirstInput> {
        self.value.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: f64) -> RelativeTime {
        RelativeTime::from_millis(millis)
    }

    fn input(start: f64, processing_start: f64) -> EventTiming<'static> {
        EventTiming {
            is_first_input: true,
            start_time: at(start),
            processing_start: at(processing_start),
            target: "#buy",
            ..Default::default()
        }
    }

    fn delay(fid: &Fid) -> Option<f64> {
        fid.value().map(|input| input.delay.as_millis())
    }

    #[test]
    fn is_the_time_the_handlers_had_to_wait() {
        let mut fid = Fid::default();
        assert_eq!(fid.value(), None);
        fid.on_entry(&input(2_000.0, 2_030.0), None);
        let expected = FirstInput {
            delay: Duration::from_millis(30.0),
            start_time: at(2_000.0),
            target: "#buy".into(),
        };
        assert_eq!(fid.value(), Some(&expected));
    }

    #[test]
    fn other_events_do_not_count() {
        let mut fid = Fid::default();
        fid.on_entry(&EventTiming { is_first_input: false, ..input(2_000.0, 2_030.0) }, None);
        assert_eq!(fid.value(), None);
    }

    #[test]
    fn only_the_first_input_counts_even_if_it_could_not_be_used() {
        let mut fid = Fid::default();
        fid.on_entry(&input(2_000.0, 2_030.0), Some(at(2_000.0)));
        fid.on_entry(&input(3_000.0, 3_010.0), None);
        assert_eq!(fid.value(), None);

        let mut fid = Fid::default();
        fid.on_entry(&input(2_000.0, 2_030.0), Some(at(2_001.0)));
        fid.on_entry(&input(3_000.0, 3_010.0), None);
        assert_eq!(delay(&fid), Some(30.0));
    }

    #[test]
    fn is_never_negative() {
        let mut fid = Fid::default();
        fid.on_entry(&input(2_000.0, 1_999.0), None);
        assert_eq!(delay(&fid), Some(0.0));
    }
}

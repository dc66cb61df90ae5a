//! Cumulative layout shift: `layout-shift` entries go in, the worst session window comes out.
//!
//! Reference: `web-vitals 6.2.3 src/onCLS.ts`, `src/lib/LayoutShiftManager.ts`. Deliberate
//! differences:
//!
//! * Windows are compared after every entry, where the reference compares after every batch and so
//!   forgets a bad window when a smaller one follows in the same batch (buffered entries).
//! * The reference reports CLS only on a page whose FCP it reported. That is not known here: the
//!   caller reads [`Cls::value`] only then.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::mem;

use super::Thresholds;
use crate::entry::{LayoutShift, ShiftRects};
use crate::time::{Duration, RelativeTime};

/// Without unit, <https://web.dev/articles/cls#what_is_a_good_cls_score>.
pub const THRESHOLDS: Thresholds = Thresholds::new(0.1, 0.25);

/// A pause this long ends a session window, <https://web.dev/articles/evolving-cls>.
const WINDOW_GAP: Duration = Duration::from_secs(1);

/// No session window is longer, <https://web.dev/articles/evolving-cls>.
const WINDOW_LENGTH: Duration = Duration::from_secs(5);

/// The layout shifts of one view.
#[derive(Clone, Debug)]
pub struct Cls {
    is_supported: bool,
    current: Window,
    worst: Window,
}

/// What is kept of a layout shift.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shift {
    /// When it happened.
    pub start_time: RelativeTime,
    /// Selector of the element with the largest impact; empty when no source is attributed.
    pub target: String,
    /// Where that element was and is; absent with no source.
    pub rects: Option<ShiftRects>,
    /// Of the window then.
    pub device_pixel_ratio: f64,
    value: f64,
}

/// Shifts in quick succession.
#[derive(Clone, Debug, Default)]
struct Window {
    value: f64,
    start: RelativeTime,
    end: RelativeTime,
    largest: Option<Shift>,
}

impl Cls {
    /// `is_supported` says whether the browser has `layout-shift` entries.
    pub fn new(is_supported: bool) -> Self {
        Self { is_supported, current: Window::default(), worst: Window::default() }
    }

    /// A layout shift, in order of time; one that the user's input caused does not count.
    pub fn on_entry(&mut self, entry: &LayoutShift<'_>) {
        if entry.had_recent_input {
            return;
        }
        if !self.current.takes(entry) {
            self.open_window(entry.start_time);
        }
        self.current.add(entry);
    }

    /// The sum of the shifts in the worst window, zero without any; absent where the browser does
    /// not support it.
    pub fn value(&self) -> Option<f64> {
        self.is_supported.then_some(self.worst().value)
    }

    /// The largest shift in the worst window, the later one of equals; absent without any.
    pub fn largest_shift(&self) -> Option<&Shift> {
        self.worst().largest.as_ref()
    }

    /// Of equally bad windows the earlier one.
    fn worst(&self) -> &Window {
        if self.current.value > self.worst.value { &self.current } else { &self.worst }
    }

    fn open_window(&mut self, start: RelativeTime) {
        let next = Window { start, ..Window::default() };
        let last = mem::replace(&mut self.current, next);
        if last.value > self.worst.value {
            self.worst = last;
        }
    }
}

impl Window {
    /// A window without value is none yet: it begins with the first shift that has a value.
    fn takes(&self, entry: &LayoutShift<'_>) -> bool {
        self.value > 0.0
            && entry.start_time - self.end < WINDOW_GAP
            && entry.start_time - self.start < WINDOW_LENGTH
    }

    fn add(&mut self, entry: &LayoutShift<'_>) {
        self.value += entry.value;
        self.end = entry.start_time;
        if self.largest.as_ref().is_none_or(|largest| entry.value >= largest.value) {
            let largest = self.largest.get_or_insert_default();
            largest.start_time = entry.start_time;
            largest.rects = entry.rects;
            largest.device_pixel_ratio = entry.device_pixel_ratio;
            largest.value = entry.value;
            entry.target.clone_into(&mut largest.target);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(start: f64, value: f64) -> LayoutShift<'static> {
        LayoutShift { start_time: RelativeTime::from_millis(start), value, ..Default::default() }
    }

    /// Values are multiples of 1/64, so that sums are exact.
    fn cls(shifts: &[(f64, f64)]) -> Cls {
        let mut cls = Cls::new(true);
        for &(start, value) in shifts {
            cls.on_entry(&shift(start, value / 64.0));
        }
        cls
    }

    fn value(shifts: &[(f64, f64)]) -> Option<f64> {
        cls(shifts).value().map(|value| value * 64.0)
    }

    fn largest_at(shifts: &[(f64, f64)]) -> Option<f64> {
        cls(shifts).largest_shift().map(|shift| shift.start_time.as_millis())
    }

    #[test]
    fn is_zero_without_shifts_and_absent_without_support() {
        assert_eq!(value(&[]), Some(0.0));
        assert_eq!(largest_at(&[]), None);
        assert_eq!(Cls::new(false).value(), None);
    }

    #[test]
    fn shifts_in_quick_succession_add_up() {
        assert_eq!(value(&[(0.0, 1.0), (999.0, 2.0), (1_998.0, 4.0)]), Some(7.0));
    }

    #[test]
    fn a_pause_of_a_second_opens_a_new_window() {
        assert_eq!(value(&[(0.0, 1.0), (1_000.0, 2.0)]), Some(2.0));
    }

    #[test]
    fn a_window_lasts_less_than_five_seconds() {
        let chain = [
            (0.0, 1.0),
            (900.0, 1.0),
            (1_800.0, 1.0),
            (2_700.0, 1.0),
            (3_600.0, 1.0),
            (4_500.0, 1.0),
        ];
        let with = |last| value(&[&chain[..], &[last]].concat());
        assert_eq!(with((4_999.0, 1.0)), Some(7.0));
        assert_eq!(with((5_000.0, 1.0)), Some(6.0));
        assert_eq!(with((5_000.0, 7.0)), Some(7.0));
    }

    #[test]
    fn a_shift_without_value_begins_no_window() {
        let chain = [
            (0.0, 0.0),
            (900.0, 1.0),
            (1_800.0, 1.0),
            (2_700.0, 1.0),
            (3_600.0, 1.0),
            (4_500.0, 1.0),
        ];
        assert_eq!(value(&[&chain[..], &[(5_200.0, 1.0)]].concat()), Some(6.0));
    }

    #[test]
    fn a_bad_window_is_not_forgotten_when_a_smaller_one_follows() {
        let shifts = [(0.0, 9.0), (3_000.0, 1.0), (6_000.0, 2.0)];
        assert_eq!(value(&shifts), Some(9.0));
        assert_eq!(largest_at(&shifts), Some(0.0));
    }

    #[test]
    fn a_worse_window_replaces_the_worst() {
        let shifts = [(0.0, 2.0), (3_000.0, 9.0), (6_000.0, 1.0)];
        assert_eq!(value(&shifts), Some(9.0));
        assert_eq!(largest_at(&shifts), Some(3_000.0));
    }

    #[test]
    fn the_first_of_equally_bad_windows_stays() {
        assert_eq!(largest_at(&[(0.0, 9.0), (3_000.0, 9.0)]), Some(0.0));
        assert_eq!(largest_at(&[(0.0, 9.0), (3_000.0, 9.0), (6_000.0, 1.0)]), Some(0.0));
    }

    #[test]
    fn shifts_after_an_input_are_expected() {
        let mut cls = Cls::new(true);
        cls.on_entry(&LayoutShift { had_recent_input: true, ..shift(0.0, 0.5) });
        assert_eq!(cls.value(), Some(0.0));
        assert_eq!(cls.largest_shift(), None);
    }

    #[test]
    fn names_the_largest_shift_of_the_worst_window_and_of_equals_the_later() {
        assert_eq!(largest_at(&[(0.0, 3.0), (100.0, 5.0), (200.0, 4.0)]), Some(100.0));
        assert_eq!(largest_at(&[(0.0, 5.0), (100.0, 5.0), (200.0, 4.0)]), Some(100.0));
        assert_eq!(largest_at(&[(0.0, 3.0), (100.0, 3.0), (9_000.0, 5.0)]), Some(100.0));
    }
}

//! Cumulative layout shift over a visit. Rules: `web-vitals 6.2.3 src/onCLS.ts`,
//! <https://web.dev/articles/evolving-cls>. Scores are binary fractions, so that sums are exact.

use ferrum::entry::{Entry, LayoutShift, Rect, ShiftRects};
use serde_json::json;

use crate::entries::{fcp, ms, shift};
use crate::intake::millis;
use crate::page::{Page, SECOND};

const SCORE: &str = "/view/performance/cls/score";

/// The score of a visible, painted page with these shifts: (time, sixteenths).
fn score(shifts: &[(f64, f64)]) -> f64 {
    let mut page = Page::load();
    page.at(500.0).observe([fcp(500.0)]);
    for &(at, sixteenths) in shifts {
        page.at(at).observe([shift(at, sixteenths / 16.0)]);
    }
    page.wait(SECOND).hide();
    page.view().pointer(SCORE).unwrap().as_f64().unwrap() * 16.0
}

#[test]
fn a_page_that_keeps_still_has_zero() {
    assert_eq!(score(&[]), 0.0);
}

#[test]
fn shifts_less_than_a_second_apart_add_up() {
    assert_eq!(score(&[(1_000.0, 1.0), (1_999.0, 2.0)]), 3.0);
}

#[test]
fn a_second_of_peace_opens_another_window() {
    assert_eq!(score(&[(1_000.0, 1.0), (2_000.0, 2.0)]), 2.0);
    assert_eq!(score(&[(1_000.0, 2.0), (2_000.0, 1.0)]), 2.0);
}

#[test]
fn a_window_is_shorter_than_five_seconds() {
    let chain: Vec<(f64, f64)> =
        (0..6).map(|index| (1_000.0 + f64::from(index) * 900.0, 1.0)).collect();
    let with = |last| score(&[&chain[..], &[last]].concat());
    assert_eq!(with((5_999.0, 1.0)), 7.0);
    assert_eq!(with((6_000.0, 1.0)), 6.0);
}

#[test]
fn shifts_that_the_user_asked_for_do_not_count() {
    let mut page = Page::load();
    let expected = LayoutShift {
        start_time: ms(1_000.0),
        value: 0.5,
        had_recent_input: true,
        ..LayoutShift::default()
    };
    page.at(1_000.0).observe([fcp(500.0), Entry::LayoutShift(expected)]).hide();
    assert_eq!(page.view().pointer(SCORE).unwrap(), 0);
}

#[test]
fn the_largest_shift_of_the_worst_window_is_named() {
    let rect = |y| Rect { x: 0.0, y, width: 100.0, height: 50.5 };
    let worst = LayoutShift {
        start_time: ms(2_000.0),
        value: 0.25,
        target: "#hero",
        rects: Some(ShiftRects { previous: rect(0.0), current: rect(64.0) }),
        had_recent_input: false,
        device_pixel_ratio: 1.5,
    };
    let mut page = Page::load();
    page.at(3_000.0).observe([fcp(500.0), shift(1_900.0, 0.125), Entry::LayoutShift(worst)]).hide();
    let view = &page.view()["view"];
    assert_eq!(view["performance"]["cls"]["score"], 0.375);
    assert_eq!(view["performance"]["cls"]["timestamp"], 2_000_000_000_u64);
    assert_eq!(view["performance"]["cls"]["target_selector"], "#hero");
    assert_eq!(view["performance"]["cls"]["previous_rect"]["height"], 50.5);
    assert_eq!(view["performance"]["cls"]["current_rect"]["y"], 64);
    assert_eq!(view["cumulative_layout_shift"], 0.375);
    assert_eq!(view["cumulative_layout_shift_time"], 2_000_000_000_u64);
    assert_eq!(view["cumulative_layout_shift_target_selector"], "#hero");
    assert_eq!(page.view()["_dd"]["cls"], json!({ "device_pixel_ratio": 1.5 }));
}

#[test]
fn a_page_that_keeps_still_tells_no_pixel_ratio() {
    let mut page = Page::load();
    page.at(500.0).observe([fcp(500.0)]).hide();
    assert_eq!(page.view().pointer(SCORE).unwrap(), 0);
    assert_eq!(page.view()["_dd"].get("cls"), None);
}

/// `round(value, 4)` (`@datadog/browser-rum-core` 7.16, `viewMetrics/trackCumulativeLayoutShift`).
#[test]
fn a_score_has_four_decimals() {
    for (value, score) in [(0.123_44, 0.1234), (0.123_46, 0.1235), (0.000_04, 0.0)] {
        let mut page = Page::load();
        page.at(500.0).observe([fcp(500.0), shift(400.0, value)]).hide();
        assert_eq!(page.view().pointer(SCORE).unwrap().as_f64(), Some(score), "{value}");
    }
}

#[test]
fn a_browser_that_does_not_tell_has_none() {
    let mut page = Page::set_up().without_layout_shift().load();
    page.at(1_000.0).observe([fcp(500.0)]).hide();
    assert_eq!(page.view().pointer(SCORE), None);
}

/// The reference reports CLS only on a page whose FCP it reported.
#[test]
fn a_page_that_nobody_saw_has_none() {
    let mut page = Page::load();
    page.at(1_000.0).observe([shift(900.0, 0.5)]).hide();
    assert_eq!(page.view().pointer(SCORE), None);
}

#[test]
fn each_view_has_its_own() {
    let mut page = Page::load();
    page.at(1_000.0).observe([fcp(500.0), shift(900.0, 0.5)]);
    page.at(2_000.0).go_to("https://shop.example/cart");
    page.at(3_000.0).observe([shift(2_700.0, 0.25)]).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(first.pointer(SCORE).unwrap(), 0.5);
    assert_eq!(second.pointer(SCORE).unwrap(), 0.25);
    assert_eq!(millis(second, "/view/performance/cls/timestamp"), Some(700.0));
}

#[test]
fn a_shift_delivered_late_belongs_to_the_view_in_which_it_happened() {
    let mut page = Page::load();
    page.at(500.0).observe([fcp(500.0)]);
    page.at(2_000.0).go_to("https://shop.example/cart");
    page.at(2_100.0).observe([shift(1_999.0, 0.5)]).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(first.pointer(SCORE).unwrap(), 0.5);
    assert_eq!(second.pointer(SCORE).unwrap(), 0);
}

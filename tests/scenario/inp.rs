//! Interaction to next paint over a visit. Rules: `web-vitals 6.2.3 src/onINP.ts`,
//! `src/lib/InteractionManager.ts`.

use serde_json::json;

use crate::entries::{first_input, interaction};
use crate::intake::millis;
use crate::page::{Page, SECOND};

const DURATION: &str = "/view/performance/inp/duration";

/// The value after so many interactions as the browser counts, the slowest taking 200 ms, 192 ms
/// and so on.
fn value_after(count: u64) -> Option<f64> {
    let mut page = Page::load();
    page.at(SECOND).interaction_count(count);
    page.observe((0..20_u32).map(|index| {
        let nth = f64::from(index);
        interaction(7 * u64::from(index + 1), 10.0 + 20.0 * nth, 200.0 - 8.0 * nth)
    }));
    page.hide();
    millis(page.view(), DURATION)
}

#[test]
fn a_page_that_nobody_touched_has_none() {
    let mut page = Page::load();
    page.at(SECOND).interaction_count(0).hide();
    assert_eq!(millis(page.view(), DURATION), None);
}

#[test]
fn the_slowest_interaction_is_reported_with_its_parts() {
    let mut page = Page::load();
    page.at(SECOND).observe([interaction(7, 100.0, 40.0)]);
    page.wait(SECOND).observe([interaction(14, 1_100.0, 120.0)]);
    page.wait(SECOND).observe([interaction(21, 2_100.0, 64.0)]).hide();
    let view = &page.view()["view"];
    let expected = json!({
        "duration": 120_000_000,
        "timestamp": 1_100_000_000,
        "target_selector": "#buy",
        "sub_parts": {
            "input_delay": 4_000_000,
            "processing_duration": 8_000_000,
            "presentation_delay": 108_000_000,
        },
    });
    assert_eq!(view["performance"]["inp"], expected);
    assert_eq!(view["interaction_to_next_paint"], 120_000_000);
    assert_eq!(view["interaction_to_next_paint_time"], 1_100_000_000);
    assert_eq!(view["interaction_to_next_paint_target_selector"], "#buy");
}

/// One interaction in 50 may be slower: the 98th percentile.
#[test]
fn each_fifty_interactions_forgive_one() {
    assert_eq!(value_after(20), Some(200.0));
    assert_eq!(value_after(49), Some(200.0));
    assert_eq!(value_after(50), Some(192.0));
    assert_eq!(value_after(99), Some(192.0));
    assert_eq!(value_after(100), Some(184.0));
    assert_eq!(value_after(450), Some(128.0));
    assert_eq!(value_after(5_000), Some(128.0));
}

#[test]
fn the_events_of_one_interaction_count_once() {
    let mut page = Page::load();
    page.at(SECOND).interaction_count(50);
    page.observe([interaction(7, 100.0, 48.0), interaction(7, 100.0, 80.0)]);
    page.observe([interaction(14, 500.0, 40.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), Some(40.0));
}

#[test]
fn events_that_are_no_interaction_do_not_count() {
    let mut page = Page::load();
    page.at(SECOND).observe([interaction(0, 100.0, 500.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), None);
}

#[test]
fn a_first_input_faster_than_any_entry_counts() {
    let mut page = Page::load();
    page.at(SECOND).observe([first_input(100.0, 2.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), Some(16.0));
}

/// Ids go up by 7 (`src/lib/polyfills/interactionCountPolyfill.ts`).
#[test]
fn ids_tell_the_count_where_the_browser_does_not() {
    let mut page = Page::load();
    page.at(SECOND).observe([interaction(7, 100.0, 200.0), interaction(7 * 50, 600.0, 40.0)]);
    page.hide();
    assert_eq!(millis(page.view(), DURATION), Some(40.0));
}

#[test]
fn interactions_in_the_background_count() {
    let mut page = Page::set_up().hidden().load();
    page.at(SECOND).show();
    page.wait(SECOND).observe([interaction(7, 1_500.0, 88.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), Some(88.0));
}

#[test]
fn what_was_delivered_just_before_the_page_hides_is_not_lost() {
    let mut page = Page::load();
    page.at(SECOND).hide();
    page.wait(SECOND).show();
    page.wait(10.0).observe([interaction(7, 1_990.0, 312.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), Some(312.0));
}

#[test]
fn the_click_that_changes_the_route_belongs_to_the_page_it_was_on() {
    let mut page = Page::load();
    page.at(1_050.0).interaction_count(1).go_to("https://shop.example/cart");
    page.at(1_400.0).observe([interaction(7, 1_000.0, 320.0)]).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(millis(first, DURATION), Some(320.0));
    assert_eq!(millis(second, DURATION), None);
}

#[test]
fn a_route_counts_its_own_interactions_only() {
    let mut page = Page::load();
    page.at(SECOND).interaction_count(60).go_to("https://shop.example/cart");
    page.wait(SECOND).interaction_count(62);
    page.observe([interaction(7, 1_100.0, 96.0), interaction(14, 1_500.0, 48.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), Some(96.0));
    assert_eq!(millis(page.view(), "/view/performance/inp/timestamp"), Some(100.0));
}

/// No entry tells of it, since `first-input` comes once in a document (`src/onINP.ts`: 8 ms).
#[test]
fn a_route_with_fast_interactions_only_has_the_least_value() {
    let mut page = Page::load();
    page.at(SECOND).interaction_count(1).go_to("https://shop.example/cart");
    page.wait(SECOND).interaction_count(2).hide();
    assert_eq!(millis(page.view(), DURATION), Some(8.0));
    assert_eq!(millis(page.view(), "/view/performance/inp/timestamp"), None);
}

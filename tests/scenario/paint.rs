//! First paint and first byte: of pages that load in the foreground, in the background, and before
//! anybody asked for them. Rules: `web-vitals 6.2.3 src/onFCP.ts`, `src/onTTFB.ts`,
//! `src/lib/getVisibilityWatcher.ts`.

use serde_json::json;

use crate::entries::{
    fcp, first_input, hidden_since, interaction, lcp, navigation, resource, shift,
};
use crate::intake::millis;
use crate::page::{MINUTE, ORIGIN, Page, SECOND};

const FCP: &str = "/view/performance/fcp/timestamp";
const FIRST_BYTE: &str = "/view/first_byte";

#[test]
fn the_first_paint_counts_from_the_time_origin() {
    let mut page = Page::load();
    page.at(SECOND).observe([fcp(700.25)]).hide();
    assert_eq!(millis(page.view(), FCP), Some(700.25));
    assert_eq!(millis(page.view(), "/view/first_contentful_paint"), Some(700.25));
}

#[test]
fn a_page_without_paint_has_no_first_paint() {
    let mut page = Page::load();
    page.at(SECOND).hide();
    assert_eq!(millis(page.view(), FCP), None);
}

#[test]
fn a_first_paint_after_the_page_was_hidden_is_seen_by_nobody() {
    for hidden_at in [699.0, 700.0] {
        let mut page = Page::load();
        page.at(hidden_at).hide();
        page.at(9_000.0).show().observe([fcp(700.0)]).hide();
        assert_eq!(millis(page.view(), FCP), None, "hidden at {hidden_at}");
    }
}

#[test]
fn a_first_paint_before_the_page_was_hidden_counts_even_if_it_is_delivered_after_it() {
    let mut page = Page::load();
    page.at(701.0).hide();
    page.at(9_000.0).show().observe([fcp(700.0)]).hide();
    assert_eq!(millis(page.view(), FCP), Some(700.0));
}

#[test]
fn the_navigation_becomes_the_times_of_the_view() {
    let mut page = Page::load();
    page.at(1_400.0).observe([navigation(0.0, 180.5)]).hide();
    let view = page.view();
    assert_eq!(millis(view, FIRST_BYTE), Some(180.5));
    assert_eq!(millis(view, "/view/dom_interactive"), Some(580.5));
    assert_eq!(millis(view, "/view/dom_content_loaded"), Some(680.5));
    assert_eq!(millis(view, "/view/dom_complete"), Some(1_080.5));
    assert_eq!(millis(view, "/view/load_event"), Some(1_180.5));
}

#[test]
fn a_page_that_never_finished_loading_has_no_times() {
    let mut page = Page::load();
    page.at(1_400.0).hide();
    for name in ["first_byte", "dom_interactive", "dom_complete", "load_event"] {
        assert_eq!(page.view()["view"].get(name), None, "{name}");
    }
}

#[test]
fn a_prerendered_page_counts_from_its_activation() {
    let mut page = Page::set_up().activated_at(1_000.0).at(1_000.0).load();
    page.observe([hidden_since(0.0)]);
    page.at(2_500.0).observe([navigation(1_000.0, 1_200.0), fcp(1_300.0)]).hide();
    assert_eq!(millis(page.view(), FIRST_BYTE), Some(200.0));
    assert_eq!(millis(page.view(), FCP), Some(300.0));
}

/// The official SDK measures all of it from the speculative navigation.
#[test]
fn the_view_of_a_prerendered_page_starts_with_its_activation() {
    let mut page = Page::set_up().activated_at(5_000.0).at(5_020.0).load();
    page.observe([hidden_since(0.0), resource("https://shop.example/app.js", 200.0)]);
    page.at(6_000.0).observe([navigation(5_000.0, 4_100.0)]).hide();
    let view = page.view();
    assert_eq!(view["date"], ORIGIN as u64 + 5_000);
    assert_eq!(millis(view, "/view/time_spent"), Some(1_000.0));
    assert_eq!(millis(view, FIRST_BYTE), Some(0.0));
    assert_eq!(millis(view, "/view/dom_interactive"), Some(0.0));
    assert_eq!(millis(view, "/view/dom_complete"), Some(0.0));
    assert_eq!(millis(view, "/view/load_event"), Some(100.0));
    assert_eq!(millis(view, "/view/loading_time"), Some(100.0));
    assert_eq!(view["context"]["ferrum"]["loading_time_end"], "idle");
    assert_eq!(view["_dd"]["page_states"][0]["start"], -5_000_000_000_i64);
    assert_eq!(view["_dd"]["page_states"][1], json!({ "state": "active", "start": 0 }));
    assert_eq!(page.only("resource")["view"]["id"], view["view"]["id"]);
}

#[test]
fn a_page_that_was_loaded_before_its_activation_took_no_time_to_load() {
    let mut page = Page::set_up().activated_at(5_000.0).at(5_020.0).load();
    page.observe([hidden_since(0.0), navigation(5_000.0, 100.0)]).at(6_000.0).hide();
    assert_eq!(millis(page.view(), "/view/loading_time"), Some(0.0));
}

/// `FCP_MAXIMUM_DELAY`, `LCP_MAXIMUM_DELAY`
#[test]
fn paints_more_than_ten_minutes_after_the_start_do_not_count() {
    let paints = |at: f64| {
        let mut page = Page::load();
        page.observe([fcp(at), lcp(at, 5_000.0)]).wait(SECOND).hide();
        [FCP, "/view/performance/lcp/timestamp"].map(|path| millis(page.view(), path))
    };
    let limit = 10.0 * MINUTE;
    assert_eq!(paints(limit - 1.0), [Some(limit - 1.0); 2]);
    assert_eq!(paints(limit), [None; 2]);
}

#[test]
fn a_page_that_was_ready_when_it_was_activated_was_instant() {
    let mut page = Page::set_up().activated_at(5_000.0).at(5_000.0).load();
    page.at(6_000.0).observe([hidden_since(0.0), navigation(5_000.0, 180.0)]);
    page.observe([fcp(700.0), lcp(900.0, 5_000.0)]).hide();
    assert_eq!(millis(page.view(), FIRST_BYTE), Some(0.0));
    assert_eq!(millis(page.view(), FCP), Some(0.0));
    assert_eq!(millis(page.view(), "/view/performance/lcp/timestamp"), Some(0.0));
}

#[test]
fn a_page_loaded_in_the_background_has_no_paints_but_interactions() {
    let mut page = Page::set_up().hidden().at(300.0).load();
    page.at(2_000.0).observe([navigation(0.0, 180.0), fcp(1_800.0), lcp(1_800.0, 5_000.0)]);
    page.observe([shift(1_900.0, 0.5)]);
    page.at(60_000.0).show();
    page.at(62_000.0).observe([first_input(61_000.0, 2.0), interaction(7, 61_000.0, 88.0)]).hide();
    let performance = &page.view()["view"]["performance"];
    for metric in ["fcp", "lcp", "cls", "fid"] {
        assert_eq!(performance.get(metric), None, "{metric}");
    }
    assert_eq!(performance["inp"]["duration"], 88_000_000);
    assert_eq!(millis(page.view(), FIRST_BYTE), Some(180.0));
}

#[test]
fn a_page_found_in_the_background_that_was_painted_before_has_its_paints() {
    let mut page = Page::set_up().hidden().at(3_000.0).load();
    page.observe([hidden_since(2_000.0), fcp(700.0), lcp(900.0, 5_000.0)]).hide();
    assert_eq!(millis(page.view(), FCP), Some(700.0));
    assert_eq!(millis(page.view(), "/view/performance/lcp/timestamp"), Some(900.0));
}

#[test]
fn a_route_has_neither() {
    let mut page = Page::load();
    page.at(1_000.0).observe([navigation(0.0, 180.0), fcp(700.0)]);
    page.at(2_000.0).go_to("https://shop.example/cart");
    page.at(3_000.0).hide();
    assert_eq!(millis(page.view(), FCP), None);
    assert_eq!(millis(page.view(), FIRST_BYTE), None);
}

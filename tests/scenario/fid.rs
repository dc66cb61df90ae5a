//! First input delay over a visit. Rules: `web-vitals 4.2.4 src/onFID.ts`.

use crate::entries::{first_input, hidden_since, interaction};
use crate::intake::millis;
use crate::page::{Page, SECOND};

const DURATION: &str = "/view/performance/fid/duration";

#[test]
fn the_first_input_tells_how_long_it_had_to_wait() {
    let mut page = Page::load();
    page.at(3.0 * SECOND).observe([first_input(2_000.0, 30.5)]).hide();
    let view = &page.view()["view"];
    assert_eq!(millis(page.view(), DURATION), Some(30.5));
    assert_eq!(view["performance"]["fid"]["timestamp"], 2_000_000_000_u64);
    assert_eq!(view["performance"]["fid"]["target_selector"], "#buy");
    assert_eq!(view["first_input_delay"], 30_500_000);
    assert_eq!(view["first_input_time"], 2_000_000_000_u64);
    assert_eq!(view["first_input_target_selector"], "#buy");
}

#[test]
fn other_events_and_later_inputs_do_not_count() {
    let mut page = Page::load();
    page.at(3.0 * SECOND).observe([interaction(7, 1_000.0, 64.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), None);
    page.show().observe([first_input(2_000.0, 3.0), first_input(2_500.0, 9.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), Some(3.0));
}

#[test]
fn an_input_after_the_page_was_hidden_does_not_count() {
    let mut page = Page::load();
    page.at(1_000.0).observe([hidden_since(500.0)]);
    page.at(3_000.0).observe([first_input(2_000.0, 30.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), None);
}

#[test]
fn a_route_has_none() {
    let mut page = Page::load();
    page.at(1_000.0).go_to("https://shop.example/cart");
    page.at(3_000.0).observe([first_input(2_000.0, 30.0)]).hide();
    assert_eq!(millis(page.view(), DURATION), None);
}

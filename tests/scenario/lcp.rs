//! Largest contentful paint over a visit. Rules: `web-vitals 6.2.3 src/onLCP.ts`.

use crate::entries::{fcp, hidden_since, lcp};
use crate::intake::millis;
use crate::page::{Page, SECOND};

fn value(page: &Page) -> Option<f64> {
    millis(page.views()[0], "/view/performance/lcp/timestamp")
}

#[test]
fn the_largest_paint_is_reported_when_the_page_is_hidden() {
    let mut page = Page::load();
    page.at(850.0).observe([fcp(800.0), lcp(800.0, 900.0)]);
    page.at(1_250.0).observe([lcp(1_200.0, 5_000.0)]);
    page.at(4.0 * SECOND).hide();
    let view = &page.view()["view"];
    assert_eq!(value(&page), Some(1_200.0));
    assert_eq!(view["performance"]["lcp"]["target_selector"], "main>img");
    assert_eq!(view["performance"]["lcp"]["resource_url"], "https://cdn.example/hero.avif");
    assert_eq!(view["largest_contentful_paint"], 1_200_000_000);
    assert_eq!(view["largest_contentful_paint_target_selector"], "main>img");
}

#[test]
fn a_page_without_paint_has_none() {
    let mut page = Page::load();
    page.at(4.0 * SECOND).hide();
    assert_eq!(value(&page), None);
    assert!(page.view()["view"].get("largest_contentful_paint").is_none());
}

#[test]
fn a_paint_in_the_background_is_seen_by_nobody() {
    let mut page = Page::load();
    page.at(850.0).observe([lcp(800.0, 900.0)]);
    page.at(1_000.0).hide();
    page.at(9_000.0).show().observe([lcp(1_000.0, 5_000.0), lcp(8_000.0, 6_000.0)]).hide();
    assert_eq!(value(&page), Some(800.0));
}

#[test]
fn an_engine_that_comes_after_the_page_was_hidden_keeps_the_paint_before() {
    let mut page = Page::set_up().at(5_000.0).load();
    page.observe([hidden_since(1_000.0)]);
    page.observe([lcp(800.0, 900.0), lcp(1_000.0, 5_000.0)]).hide();
    assert_eq!(value(&page), Some(800.0));
}

#[test]
fn an_input_ends_the_loading() {
    let mut page = Page::load();
    page.at(850.0).observe([lcp(800.0, 900.0)]);
    page.at(1_000.0).click();
    page.at(2_000.0).observe([lcp(1_000.0, 5_000.0)]).hide();
    assert_eq!(value(&page), Some(800.0));
}

#[test]
fn a_paint_before_the_input_counts_even_if_it_is_delivered_after_it() {
    let mut page = Page::load();
    page.at(1_000.0).click();
    page.at(1_100.0).observe([lcp(999.0, 900.0)]).hide();
    assert_eq!(value(&page), Some(999.0));
}

/// Scripts scroll too (`web-vitals` issue 75).
#[test]
fn scrolling_does_not_end_the_loading() {
    let mut page = Page::load();
    page.at(1_000.0).scroll();
    page.at(2_000.0).observe([lcp(1_500.0, 900.0)]).hide();
    assert_eq!(value(&page), Some(1_500.0));
}

#[test]
fn a_prerendered_page_counts_from_its_activation() {
    let mut page = Page::set_up().activated_at(1_000.0).at(1_000.0).load();
    page.at(2_000.0).observe([hidden_since(0.0), lcp(1_800.0, 900.0)]).hide();
    assert_eq!(value(&page), Some(800.0));
}

#[test]
fn a_smaller_paint_does_not_replace_a_larger_one() {
    let mut page = Page::load();
    page.at(2_000.0).observe([lcp(800.0, 900.0), lcp(1_200.0, 899.0)]).hide();
    assert_eq!(value(&page), Some(800.0));
}

#[test]
fn a_route_has_none_and_the_document_keeps_its_own() {
    let mut page = Page::load();
    page.at(850.0).observe([lcp(800.0, 900.0)]);
    page.at(2_000.0).click().go_to("https://shop.example/cart");
    page.at(3_000.0).observe([lcp(2_500.0, 5_000.0)]).hide();
    assert_eq!(value(&page), Some(800.0));
    assert_eq!(millis(page.view(), "/view/performance/lcp/timestamp"), None);
}

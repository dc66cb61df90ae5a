//! The page goes, perhaps for ever: what it knows leaves with it, once.

use serde_json::json;

use crate::entries::{fcp, interaction, lcp, resource, shift};
use crate::intake::{millis, version};
use crate::page::{MINUTE, Page, SECOND};

fn last_words(page: &Page) -> usize {
    page.intake.beacons.iter().filter(|beacon| beacon.is_exit).count()
}

#[test]
fn a_page_that_hides_says_all_it_knows_at_once() {
    let mut page = Page::load();
    page.at(900.0).observe([fcp(700.0), lcp(800.0, 900.0), shift(850.0, 0.25)]);
    page.add_flag("checkout", &json!("b")).add_timing("hero", None).add_error("x");
    page.at(1_000.0).observe([interaction(7, 900.0, 88.0), resource("https://a.example/", 300.0)]);
    page.hide();
    let [beacon] = &page.intake.beacons[..] else { panic!() };
    assert_eq!((beacon.at, beacon.is_exit), (1_000.0, true));
    let view = page.view();
    assert_eq!(view["view"]["is_active"], true, "it may come back");
    assert_eq!(millis(view, "/view/time_spent"), Some(1_000.0));
    assert_eq!(millis(view, "/view/performance/lcp/timestamp"), Some(800.0));
    assert_eq!(millis(view, "/view/performance/inp/duration"), Some(88.0));
    assert_eq!(view["view"]["performance"]["cls"]["score"], 0.25);
    assert_eq!(view["view"]["custom_timings"]["hero"], 900_000_000);
    assert_eq!(view["view"]["error"]["count"], 1);
    assert_eq!(view["view"]["resource"]["count"], 1);
    assert_eq!(view["feature_flags"], json!({ "checkout": "b" }));
}

/// Where the official SDK sends a batch, but makes no version of the view for it.
#[test]
fn a_page_that_hides_without_news_tells_how_long_it_was_seen() {
    let mut page = Page::load();
    page.at(40.0 * SECOND).hide();
    assert_eq!(millis(page.view(), "/view/time_spent"), Some(40.0 * SECOND));
    assert_eq!(version(page.view()), 2);
}

#[test]
fn views_that_ended_tell_their_news_too() {
    let mut page = Page::load();
    page.at(10.0 * SECOND).go_to("https://shop.example/cart").at(40.0 * SECOND);
    page.observe([resource("https://shop.example/late.js", 9_000.0)]).hide();
    assert_eq!(page.views()[0]["view"]["resource"]["count"], 1);
    let exit = page.intake.beacons.last().unwrap();
    assert_eq!(exit.events.len(), 3);
}

#[test]
fn a_view_that_ended_without_news_is_not_repeated() {
    let mut page = Page::load();
    page.at(10.0 * SECOND).go_to("https://shop.example/cart").at(40.0 * SECOND).hide();
    assert_eq!(page.intake.beacons.last().unwrap().events.len(), 1);
}

#[test]
fn a_page_that_hides_and_shows_again_and_again_loses_nothing() {
    let mut page = Page::load();
    for _ in 0..10 {
        page.wait(SECOND).add_action("x").hide().wait(SECOND).add_error("y").show();
    }
    page.wait(SECOND).hide();
    assert_eq!(page.sent("action").len(), 10);
    assert_eq!(page.sent("error").len(), 10);
    assert_eq!(page.view()["view"]["action"]["count"], 10);
    assert_eq!(last_words(&page), 11);
}

#[test]
fn a_page_in_the_background_goes_on() {
    let mut page = Page::load();
    page.at(SECOND).hide().wait(SECOND).add_error("behind").wait(MINUTE);
    assert_eq!(page.only("error")["view"]["in_foreground"], false);
    assert_eq!(page.view()["view"]["error"]["count"], 1);
}

#[test]
fn a_page_that_is_unloaded_ends_its_view() {
    let mut page = Page::load();
    page.at(5.0 * SECOND).add_action("x").unload();
    assert_eq!(page.view()["view"]["is_active"], false);
    assert_eq!(page.view()["session"].get("is_active"), None, "the session goes on");
    assert_eq!(millis(page.view(), "/view/time_spent"), Some(5.0 * SECOND));
    assert_eq!(last_words(&page), 1);
    assert_eq!(page.deadline(), None);
}

#[test]
fn a_page_that_hides_and_is_unloaded_sends_nothing_twice() {
    let mut page = Page::load();
    page.at(5.0 * SECOND).add_action("x").add_error("y").hide().unload();
    let [hidden, unloaded] = &page.intake.beacons[..] else { panic!() };
    assert_eq!(hidden.events.len(), 3);
    assert_eq!(unloaded.events.len(), 1);
    assert_eq!(unloaded.events[0]["view"]["is_active"], false);
    assert_eq!(page.sent("action").len(), 1);
}

#[test]
fn a_page_that_is_unloaded_twice_has_said_it_all_the_first_time() {
    let mut page = Page::load();
    page.at(5.0 * SECOND).unload().unload().hide();
    assert_eq!(page.intake.beacons.len(), 1);
}

#[test]
fn nothing_happens_after_the_end() {
    let mut page = Page::load();
    page.at(5.0 * SECOND).stop();
    assert_eq!(page.view()["view"]["is_active"], false);
    let before = page.intake.events().count();
    page.wait(SECOND).add_action("x").add_error("y").observe([resource("https://a.example/", 6e3)]);
    page.wait(MINUTE).hide();
    assert_eq!(page.intake.events().count(), before);
}

#[test]
fn a_page_that_is_stopped_sends_what_there_is() {
    let mut page = Page::load();
    page.at(5.0 * SECOND).add_action("x").stop();
    assert_eq!(page.view()["view"]["action"]["count"], 1);
    assert_eq!(last_words(&page), 1);
}

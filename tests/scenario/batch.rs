//! When events leave, and together with what. Numbers: `@datadog/browser-core` 7.16 (30 s from
//! the first message) and Ferrum's own 32 KiB.

use ferrum::page::Call;
use serde_json::json;

use crate::intake::version;
use crate::page::{MINUTE, Page, SECOND};

/// An action with a context of so many characters.
fn big_action(page: &mut Page, length: usize) {
    let context = json!({ "text": "x".repeat(length) });
    page.call(Call::AddAction { name: "big", context: &context.to_string(), token: 0 });
}

#[test]
fn a_batch_leaves_30_seconds_after_its_first_event() {
    let mut page = Page::load();
    page.at(40.0 * SECOND);
    page.add_action("first").wait(29.0 * SECOND).add_action("second").wait(SECOND - 1.0);
    assert_eq!(page.intake.beacons.len(), 1);
    page.wait(1.0);
    let beacon = &page.intake.beacons[1];
    assert_eq!(beacon.at, 70.0 * SECOND);
    assert!(!beacon.is_exit);
    let types: Vec<_> = beacon.events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["action", "action", "view"]);
}

#[test]
fn a_batch_does_not_grow_beyond_32_kib() {
    let mut page = Page::load();
    for _ in 0..40 {
        big_action(&mut page, 3_000);
    }
    page.wait(SECOND).hide();
    assert_eq!(page.sent("action").len(), 40);
    let lengths = page.intake.beacons.iter().map(|beacon| beacon.length);
    assert!(lengths.clone().all(|length| length <= 32 * 1_024));
    let full = lengths.filter(|length| *length > 28 * 1_024).count();
    assert!(full >= 4, "a body has as many as fit: {full}");
}

#[test]
fn an_event_larger_than_a_batch_leaves_alone_and_at_once() {
    let mut page = Page::load();
    page.add_action("small");
    big_action(&mut page, 40_000);
    let [_, alone] = &page.intake.beacons[..] else { panic!() };
    assert_eq!((alone.length > 40_000, alone.events.len()), (true, 1));
    page.wait(SECOND).hide();
    assert_eq!(page.sent("action").len(), 2);
}

#[test]
fn events_leave_in_the_order_in_which_they_happened() {
    let mut page = Page::load();
    for index in 0..60 {
        page.wait(400.0).add_action(&index.to_string());
    }
    page.hide();
    let actions = page.sent("action");
    let names = actions.iter().map(|event| event["action"]["target"]["name"].as_str().unwrap());
    assert!(names.eq((0..60).map(|index| index.to_string())), "{actions:?}");
}

/// A version that is overwritten in the same batch is never written: only the last one leaves.
#[test]
fn of_a_view_only_the_last_version_leaves() {
    let mut page = Page::load();
    for _ in 0..5 {
        page.wait(4.0 * SECOND).add_action("x");
    }
    page.at(30.0 * SECOND);
    let versions: Vec<u64> = page.sent("view").into_iter().map(version).collect();
    // The first, and one for each action, 3 s after it.
    assert_eq!(versions, [6]);
    assert_eq!(page.view()["view"]["action"]["count"], 5);
}

#[test]
fn all_views_of_a_batch_leave_together_in_the_order_of_their_start() {
    let mut page = Page::load();
    page.at(SECOND).go_to("https://shop.example/a").at(2.0 * SECOND);
    page.go_to("https://shop.example/b").at(30.0 * SECOND);
    let beacon = &page.intake.beacons[0];
    assert_eq!(page.intake.beacons.len(), 1);
    let urls: Vec<_> = beacon.events.iter().map(|event| &event["view"]["url"]).collect();
    assert_eq!(urls, ["https://shop.example/", "https://shop.example/a", "https://shop.example/b"]);
}

/// What a view weighs is known only when it is written.
#[test]
fn views_that_turn_out_larger_than_expected_leave_in_several_bodies() {
    let mut page = Page::load();
    for index in 0..5 {
        page.wait(SECOND).go_to(&format!("https://shop.example/{index}"));
        page.add_flag("long", &json!("x".repeat(12_000)));
    }
    page.wait(SECOND).hide();
    assert_eq!(page.intake.beacons.len(), 3);
    assert_eq!(page.views().len(), 6);
    assert!(page.intake.beacons.iter().all(|beacon| beacon.is_exit));
}

#[test]
fn an_empty_batch_is_not_sent() {
    let mut page = Page::load();
    page.at(2.0 * MINUTE);
    assert_eq!(page.intake.beacons.len(), 1);
}

#[test]
fn events_for_an_app_leave_at_once() {
    let mut page = Page::load();
    page.deliver(false, true);
    let types = |page: &Page, index: usize| -> Vec<_> {
        page.intake.beacons[index].events.iter().map(|event| event["type"].clone()).collect()
    };
    assert_eq!(types(&page, 0), ["view"]);
    page.wait(SECOND).add_action("first").add_action("second");
    assert_eq!((types(&page, 1), types(&page, 2)), (vec![json!("action")], vec![json!("action")]));
    assert_eq!(page.intake.beacons[2].at, page.intake.beacons[0].at + SECOND);
}

#[test]
fn events_are_shown_from_when_somebody_wants_to_see_them() {
    let mut page = Page::load();
    page.add_action("before");
    page.before_send = Some(|mut event| {
        if let Some(name) = event.pointer_mut("/action/target/name") {
            if *name == "secret" {
                return None;
            }
            *name = json!("seen");
        }
        Some(event)
    });
    page.deliver(true, false);
    page.add_action("secret").add_action("after").wait(SECOND).hide();
    let names: Vec<_> =
        page.sent("action").iter().map(|event| event["action"]["target"]["name"].clone()).collect();
    assert_eq!(names, ["before", "seen"]);
    assert_eq!(page.sent("view").last().unwrap()["view"]["action"]["count"], 2);
}

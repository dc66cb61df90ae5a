//! Views that the page completes with what it alone knows, just before they are sent. What it adds
//! is not looked at; what it is shown, and when, is.

use ferrum::config::Config;
use ferrum::page::Input;
use ferrum::rum::{Output, Rum};
use ferrum::time::Now;
use serde_json::{Value, json};

use crate::entries::{ms, resource};
use crate::intake::version;
use crate::page::{ORIGIN, Page, SECOND, URL};

/// Says when the view began.
fn with_start(view: &mut Value, start: f64) {
    view["context"]["start"] = json!(start);
}

#[test]
fn views_are_completed_and_other_events_are_not_even_shown() {
    let mut page = Page::load();
    page.complete_views(with_start).add_action("x").add_error("y").wait(SECOND).hide();
    assert_eq!(page.reviewed, ["view"]);
    assert_eq!(page.sent("action").len(), 1);
    assert_eq!(page.sent("error").len(), 1);
    assert_eq!(page.view()["view"]["error"]["count"], 1);
}

#[test]
fn what_completes_a_view_is_told_to_the_bit_when_it_began() {
    let start = 1_234.567_891_234_5;
    let mut page = Page::load();
    page.complete_views(with_start).at(start).go_to("https://shop.example/cart");
    page.at(5.0 * SECOND).hide();
    let starts: Vec<_> = page.views().iter().map(|view| view["context"]["start"].clone()).collect();
    assert_eq!(starts, [json!(0.0), json!(start)]);
}

#[test]
fn a_view_is_sent_as_it_was_completed_with_its_page_gone() {
    let mut page = Page::load();
    page.complete_views(with_start).at(5.0 * SECOND).unload();
    let beacon = page.intake.beacons.last().unwrap();
    assert_eq!((beacon.at, beacon.is_exit), (5.0 * SECOND, true));
    assert_eq!(page.view()["context"]["start"], 0.0);
    assert_eq!(page.view()["view"]["is_active"], false);
}

#[test]
fn where_there_is_a_before_send_it_sees_all_events_and_views_complete() {
    let mut page = Page::set_up().config(|config| config.has_before_send = true).load();
    page.before_send = Some(|mut event| {
        event["context"]["seen"] = event["context"]["start"].clone();
        Some(event)
    });
    page.complete_views(with_start).add_action("x").wait(SECOND).hide();
    assert_eq!(page.reviewed, ["action", "view"]);
    assert_eq!(page.view()["context"]["seen"], 0.0);
    assert!(page.only("action")["context"]["seen"].is_null(), "only views are completed");
}

#[test]
fn a_before_send_sees_views_before_anything_completes_them() {
    let mut page = Page::set_up().config(|config| config.has_before_send = true).load();
    page.before_send = Some(Some);
    page.wait(SECOND).hide();
    assert_eq!(page.reviewed, ["view"]);
}

#[test]
fn news_of_a_view_send_it_again() {
    let mut page = Page::load();
    page.at(SECOND).hide().show().at(40.0 * SECOND);
    let before = version(page.view());
    page.complete_views(with_start).wait(40.0 * SECOND);
    assert_eq!(page.view()["context"]["start"], 0.0);
    assert_eq!(version(page.view()), before + 1);
}

/// As without completion: its text is made as its batch leaves.
#[test]
fn what_a_version_that_was_completed_told_already_is_no_reason_for_another() {
    let mut page = Page::load();
    page.complete_views(with_start).at(SECOND).go_to("https://shop.example/cart");
    page.at(2.0 * SECOND).observe([resource("https://shop.example/late.js", 900.0)]);
    for number in 0..50 {
        page.add_action(&format!("fills a batch, {number}"));
    }
    let versions_of_first = |page: &Page| {
        let views = page.sent("view").into_iter().filter(|view| view["view"]["url"] == URL);
        views.map(|view| view["view"]["resource"]["count"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(versions_of_first(&page), [1]);
    page.hide();
    assert_eq!(versions_of_first(&page), [1]);
}

#[test]
fn full_batches_leave_and_all_that_was_in_them_is_counted() {
    let mut page = Page::load();
    page.complete_views(with_start);
    for number in 0..90 {
        page.wait(10.0).add_action(&number.to_string());
    }
    page.hide();
    assert!(page.intake.beacons.len() > 2, "no batch was full");
    assert_eq!(page.sent("action").len(), 90);
    assert_eq!(page.view()["view"]["action"]["count"], 90);
}

/// An engine that sends later versions of a view as what changed.
struct Updating {
    rum: Rum,
    completed: u32,
    lines: Vec<Value>,
}

impl Updating {
    fn input(&mut self, at: f64, input: Input<'_>) {
        self.rum.handle_input(input, Now { at: ms(at), wall: ORIGIN + at });
        for output in self.rum.take_outputs() {
            match output {
                Output::Send { body, .. } => {
                    self.lines.extend(body.lines().map(|line| serde_json::from_str(line).unwrap()));
                }
                Output::Review { ticket, event, .. } => {
                    self.completed += 1;
                    let mut view: Value = serde_json::from_str(&event).unwrap();
                    view["view"]["cause"] = json!({ "same": 1, "of": self.completed });
                    let event = view.to_string();
                    self.input(at, Input::Reviewed { ticket, event: Some(&event) });
                }
                Output::Deliver { is_exit } => self.input(at, Input::Deliver { is_exit }),
                _ => {}
            }
        }
    }
}

#[test]
fn an_update_tells_what_changed_since_the_view_that_was_completed_before() {
    let page = ferrum::page::Page { time_origin: ORIGIN, ..ferrum::page::Page::default() };
    let config = Config { sends_view_updates: true, ..Config::default() };
    let now = Now { at: ms(0.0), wall: ORIGIN };
    let rum = Rum::start(config, page, ["{}", "{}"], "", now);
    let mut engine = Updating { rum, completed: 0, lines: Vec::new() };
    let delivery =
        Input::Delivery { is_reviewed: false, is_immediate: false, completes_views: true };
    engine.input(0.0, delivery);
    engine.input(SECOND, Input::Hidden(ms(SECOND)));
    engine.input(2.0 * SECOND, Input::Hidden(ms(2.0 * SECOND)));
    let [view, update] = &engine.lines[..] else { panic!("{:?}", engine.lines) };
    assert_eq!(view["view"]["cause"], json!({ "same": 1, "of": 1 }));
    assert_eq!(update["type"], "view_update");
    assert_eq!(update["view"]["cause"], json!({ "of": 2 }));
}

//! Errors: what they were comes from the page, perhaps later; whose they were is known at once. Fields:
//! `@datadog/browser-rum-core` 7.16

use ferrum::assembly::Context;
use ferrum::page::Call;
use serde_json::json;

use crate::intake::context;
use crate::page::{ORIGIN, Page, SECOND};

#[test]
fn an_error_is_what_the_page_says_and_is_counted() {
    let mut page = Page::load();
    page.at(SECOND).add_error("x is no function").wait(SECOND).hide();
    let event = page.only("error");
    assert_eq!(event["error"]["message"], "x is no function");
    assert_eq!(event["error"]["source"], "custom");
    assert_eq!(event["date"], ORIGIN as u64 + 1_000);
    assert_eq!(page.view()["view"]["error"]["count"], 1);
}

#[test]
fn an_error_that_is_told_late_is_of_the_time_when_it_happened() {
    let mut page = Page::load();
    page.context(Context::Global, &json!({ "step": "pay" })).add_flag("checkout", &json!("b"));
    page.at(SECOND).begin_error("late");
    page.context(Context::Global, &json!({ "step": "thanks" })).add_flag("checkout", &json!("c"));
    page.context(Context::User, &json!({ "id": "u-1" })).start_view("thanks");
    page.wait(SECOND).tell_errors().hide();
    let event = page.only("error");
    assert_eq!(event["date"], ORIGIN as u64 + 1_000);
    assert_eq!(event["context"], json!({ "step": "pay" }));
    assert_eq!(event["feature_flags"], json!({ "checkout": "b" }));
    assert_eq!(event["usr"].get("id"), None);
    let views = page.views();
    assert_eq!(event["view"]["id"], views[0]["view"]["id"]);
    assert_eq!(
        views.iter().map(|view| &view["view"]["error"]["count"]).collect::<Vec<_>>(),
        [1, 0]
    );
}

#[test]
fn an_error_that_is_told_after_the_end_of_its_click_makes_it_an_error_click() {
    let mut page = Page::load();
    page.at(SECOND).click_on("Pay").begin_error("declined").start_view("sorry");
    page.wait(SECOND).tell_errors().wait(SECOND).hide();
    let action = page.only("action");
    assert_eq!(action["action"]["error"]["count"], 1);
    assert_eq!(action["action"]["frustration"]["type"], json!(["error_click"]));
    assert_eq!(page.only("error")["action"]["id"], json!([action["action"]["id"]]));
}

#[test]
fn an_error_is_counted_once_in_its_action() {
    let mut page = Page::load();
    page.at(SECOND).click_on("Pay").add_error("declined").wait(2.0 * SECOND).hide();
    assert_eq!(page.only("action")["action"]["error"]["count"], 1);
}

/// Nobody knows before whether it is to be sent.
#[test]
fn where_events_are_reviewed_an_error_counts_once_it_is_sent() {
    for is_sent in [true, false] {
        let mut page = Page::set_up().config(|config| config.has_before_send = true).load();
        page.before_send =
            Some(if is_sent { Some } else { |event| (event["type"] != "error").then_some(event) });
        page.at(SECOND).click_on("Pay").add_error("declined").wait(2.0 * SECOND).hide();
        let count = u8::from(is_sent);
        assert_eq!(page.sent("error").len(), usize::from(count));
        assert_eq!(page.only("action")["action"]["error"]["count"], count);
        assert_eq!(page.view()["view"]["error"]["count"], count);
    }
}

#[test]
fn nobody_needs_to_say_what_an_error_was_that_is_not_sent() {
    let mut page = Page::set_up().config(|config| config.session_sample_rate = 0.0).load();
    page.begin_error("unseen");
    assert_eq!(page.waiting_errors(), 0);
}

#[test]
fn an_error_carries_the_flags_of_its_view() {
    let mut page = Page::load();
    page.add_error("before").add_flag("checkout", &json!("b")).add_error("after").hide();
    let errors = page.sent("error");
    assert_eq!(errors[0].get("feature_flags"), None);
    assert_eq!(errors[1]["feature_flags"], json!({ "checkout": "b" }));
}

/// `@datadog/browser-rum-core` 7.16: the nearer context wins.
#[test]
fn contexts_are_merged_from_the_page_over_the_view_to_the_error() {
    let mut page = Page::load();
    let global = json!({ "from": "page", "page": 1, "deep": { "page": 1, "from": "page" } });
    let of_view = json!({ "from": "view", "view": 2, "deep": { "view": 2, "from": "view" } });
    let own = json!({ "from": "error", "error": 3, "deep": { "error": 3, "from": "error" } });
    page.context(Context::Global, &global);
    page.call(Call::SetViewContext(&of_view.to_string()));
    page.begin_error_with("x", &json!({ "context": own })).tell_errors().wait(SECOND).hide();
    let deep = json!({ "page": 1, "view": 2, "error": 3, "from": "error" });
    let merged = json!({ "from": "error", "page": 1, "view": 2, "error": 3, "deep": deep });
    assert_eq!(page.only("error")["context"], merged);
    let deep = json!({ "page": 1, "view": 2, "from": "view" });
    let merged = json!({ "from": "view", "page": 1, "view": 2, "deep": deep });
    assert_eq!(context(page.view()), merged);
}

#[test]
fn a_context_applies_to_what_happens_after_it_was_set() {
    let mut page = Page::load();
    page.add_error("before").context(Context::Global, &json!({ "tenant": "acme" }));
    page.add_error("after").context(Context::Global, &json!({})).add_error("cleared").hide();
    let contexts: Vec<_> = page.sent("error").iter().map(|error| error.get("context")).collect();
    assert_eq!(contexts, [None, Some(&json!({ "tenant": "acme" })), None]);
}

#[test]
fn user_account_and_environment_are_on_the_error_the_device_on_the_view_only() {
    let mut page = Page::load();
    page.context(Context::User, &json!({ "id": "u-1", "name": "Jane" }));
    page.context(Context::Account, &json!({ "id": "acc-9" }));
    page.context(Context::Connectivity, &json!({ "status": "connected" }));
    page.context(Context::Display, &json!({ "viewport": { "width": 800, "height": 600 } }));
    page.add_error("x").wait(SECOND).hide();
    let anonymous_id = page.in_cookie("aid").unwrap();
    for event in [page.only("error"), page.view()] {
        let user = json!({ "anonymous_id": anonymous_id, "id": "u-1", "name": "Jane" });
        assert_eq!(event["usr"], user);
        assert_eq!(event["account"]["id"], "acc-9");
        assert_eq!(event["connectivity"]["status"], "connected");
        assert_eq!(event["display"]["viewport"]["width"], 800);
    }
    assert_eq!(page.only("error").get("device"), None);
    assert_eq!(page.view()["device"]["locale"], "en-US");
}

#[test]
fn an_error_tells_whether_the_page_was_in_the_foreground() {
    let mut page = Page::set_up().hidden().load();
    page.add_error("behind").show().add_error("in front").hide();
    let errors = page.sent("error");
    assert_eq!(errors[0]["view"]["in_foreground"], false);
    assert_eq!(errors[1]["view"]["in_foreground"], true);
}

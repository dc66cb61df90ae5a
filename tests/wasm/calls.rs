//! Calls of the page: at the right time, too early, too late, and inside of one another.

use ferrum::browser;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::{ActionEvent, ErrorEvent, ViewEvent};
use crate::page::{self, APPLICATION_ID, OPTIONS, Page, now};
use crate::{add_action, hide};

#[wasm_bindgen_test]
fn become_events() {
    let page = Page::started();
    browser::set_context(now(), 0, r#"{"shop":{"id":3}}"#.into());
    browser::add_action(now(), "pay \u{1f525} \"now\"".into(), r#"{"amount":12.5}"#.into());
    let texts = "TypeError\0no lines\0TypeError: no lines\n    at f (https://a.example/a.js:1:2)\0Error\0the cause\0";
    browser::add_error(
        now(),
        2,
        texts,
        String::new(),
        "order-7".into(),
        "Error\n    at g (https://a.example/a.js:3:4)".into(),
    );
    browser::add_feature_flag_evaluation(now(), "colour".into(), "\"green\"".into());
    hide();

    let action: ActionEvent = page.event("action");
    assert_eq!(action.action.target.name, "pay \u{1f525} \"now\"");
    let context = serde_json::json!({ "shop": { "id": 3 }, "amount": 12.5 });
    assert_eq!(action.context, Some(context));
    let ErrorEvent { error } = page.event("error");
    assert_eq!((error.r#type.as_str(), error.message.as_str()), ("TypeError", "no lines"));
    assert_eq!(error.fingerprint.as_deref(), Some("order-7"));
    let causes: Vec<String> =
        error.causes.unwrap_or_default().into_iter().map(|cause| cause.message).collect();
    assert_eq!(causes, ["the cause"]);
    let view: ViewEvent = page.view();
    assert_eq!(view.application.id, APPLICATION_ID);
    assert_eq!(view.view.action.count, 1);
    assert_eq!(view.feature_flags, Some(serde_json::json!({ "colour": "green" })));
    let origin = js_sys::Date::now() - now();
    assert!((view.date - origin).abs() < 1_000.0, "{} for {origin}", view.date);
}

fn call_everything() {
    browser::add_entries(1, &[104.0], "");
    browser::set_interaction_count(1.0);
    browser::on_user_input(now());
    browser::on_activity();
    browser::on_visibility_change(false, now());
    browser::on_focus_change(true);
    browser::on_restore(now());
    browser::on_url_change("https://shop.example/".into(), false);
    browser::set_context(now(), 1, "{}".into());
    add_action("nobody hears this");
    browser::add_error(now(), 2, "Error\0message\0", String::new(), String::new(), String::new());
    browser::add_timing(now(), "timing".into(), -1.0);
    browser::start_view(now(), r#"{"name":"view"}"#);
    browser::set_view_name(now(), "name".into());
    browser::add_feature_flag_evaluation(now(), "flag".into(), "true".into());
    browser::set_tracking_consent(now(), true);
    browser::wake();
    browser::on_visibility_change(true, now());
    browser::on_terminate();
}

#[wasm_bindgen_test]
fn before_the_start_do_nothing() {
    let page = Page::new();
    call_everything();
    assert_eq!(browser::internal_context(-1.0), "");
    assert_eq!(browser::view_context(), "{}");
    assert_eq!(page::cookie(), "");
    assert!(page.start(OPTIONS));
    hide();
    assert!(page.events::<ActionEvent>("action").is_empty());
}

#[wasm_bindgen_test]
fn after_the_stop_do_nothing() {
    let page = Page::started();
    browser::stop();
    let (exits, cookie) = (page.exits(), page::cookie());
    assert_eq!(exits, [true]);
    assert!(!page.view::<ViewEvent>().view.is_active);
    call_everything();
    browser::stop();
    assert_eq!((page.exits(), page::cookie()), (exits, cookie));
    assert_eq!(browser::internal_context(-1.0), "");
}

/// What a page's own code does inside of `send` and of the console.
fn call_again() {
    let is_answered = !browser::internal_context(-1.0).is_empty();
    browser::add_feature_flag_evaluation(now(), "inside".into(), is_answered.to_string());
}

#[wasm_bindgen_test]
fn inside_of_a_send_are_heard() {
    let mut page = Page::started();
    page.on_send(call_again);
    add_action("outside");
    hide();
    browser::on_visibility_change(false, now());
    hide();
    let view: ViewEvent = page.view();
    assert_eq!(view.feature_flags, Some(serde_json::json!({ "inside": true })));
    assert_eq!(page.events::<ActionEvent>("action").len(), 1);
}

#[wasm_bindgen_test]
fn inside_of_a_warning_are_heard() {
    let mut page = Page::new();
    page.on_warn(call_again);
    assert!(page.start(&OPTIONS.replace('}', r#","defaultPrivacyLevel":"none"}"#)));
    hide();
    let view: ViewEvent = page.view();
    assert_eq!(view.feature_flags, Some(serde_json::json!({ "inside": true })));
}

#[wasm_bindgen_test]
fn that_stop_the_engine_inside_of_a_send_do_no_harm() {
    let mut page = Page::started();
    page.on_send(browser::stop);
    add_action("last");
    hide();
    add_action("too late");
    assert_eq!(page.event::<ActionEvent>("action").action.target.name, "last");
    assert_eq!(browser::internal_context(-1.0), "");
}

//! Calls of the page: at the right time, too early, too late, and inside of one another.

use ferrum::browser;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::{ActionEvent, ErrorEvent, ViewEvent};
use crate::inputs::{APPLICATION_ID, START, Start};
use crate::page::{OBSERVE, ORIGIN, Page, REVIEW, SEND, STORE, give};

#[wasm_bindgen_test]
fn become_events() {
    let page = Page::started();
    page.set_global_context(r#"{"shop":{"id":3}}"#);
    page.add_action_with("pay \u{1f525} \"now\"", r#"{"amount":12.5}"#);
    page.set_before_send(|event| {
        event.is_empty().then(|| r#"{"error":{"message":"no lines"}}"#.into())
    });
    page.add_error(r#"{"order":6,"from":"error"}"#, r#"{"order":7}"#);
    page.add_flag("colour", "\"green\"");
    page.hide();

    let action: ActionEvent = page.event("action");
    assert_eq!(action.action.target.name, "pay \u{1f525} \"now\"");
    let context = serde_json::json!({ "shop": { "id": 3 }, "amount": 12.5 });
    assert_eq!(action.context, Some(context));
    let ErrorEvent { error, context } = page.event("error");
    assert_eq!(error.message, "no lines");
    let context = context.unwrap_or_default();
    assert_eq!(context, serde_json::json!({ "shop": { "id": 3 }, "order": 7, "from": "error" }));
    let view: ViewEvent = page.view();
    assert_eq!(view.application.id, APPLICATION_ID);
    assert_eq!(view.service, "shop \u{1f525}");
    assert_eq!(view.privacy, Some(serde_json::json!({ "replay_level": "mask" })));
    assert_eq!(view.view.action.count, 1);
    assert_eq!(view.feature_flags, Some(serde_json::json!({ "colour": "green" })));
    assert_eq!((view.date, action.date), (ORIGIN, ORIGIN + 500.0));
}

fn call_everything(page: &Page) {
    let numbers = [page.now(), ORIGIN + page.now(), page.now(), 1.0, 1.0];
    for kind in (0..=u8::MAX).filter(|kind| *kind != START) {
        give(kind, &numbers, "nobody hears\0this");
    }
}

#[wasm_bindgen_test]
fn before_the_start_do_nothing() {
    let page = Page::new();
    call_everything(&page);
    assert!(page.internal_context().is_none());
    assert_eq!((page.view_context().as_str(), page.cookie().as_str()), ("", ""));
    assert!(page.start(&Start::default()));
    page.hide();
    assert!(page.events::<ActionEvent>("action").is_empty());
}

#[wasm_bindgen_test]
fn after_the_stop_do_nothing() {
    let page = Page::started();
    page.stop();
    let (exits, cookie) = (page.exits(), page.cookie());
    assert_eq!(exits, [true]);
    assert!(!page.view::<ViewEvent>().view.is_active);
    call_everything(&page);
    assert_eq!((page.exits(), page.cookie()), (exits, cookie));
    assert!(page.internal_context().is_none());
}

#[wasm_bindgen_test]
fn that_lack_numbers_and_texts_do_no_harm() {
    let page = Page::started();
    for kind in (0..=u8::MAX).filter(|kind| *kind != crate::inputs::STOP) {
        browser::input(kind);
        give(kind, &[], "");
        page.input(kind, &[], &[]);
    }
    page.grant_consent();
    page.add_action("still there");
    page.hide();
    assert!(page.events::<ActionEvent>("action").iter().any(|event| event.is("still there")));
}

/// What a page's own code does inside of what the engine asks of it.
fn call_again(page: &Page) {
    let is_answered = page.internal_context().is_some();
    page.add_flag("inside", &is_answered.to_string());
}

fn flags(page: &Page) -> Option<serde_json::Value> {
    page.hide();
    page.show();
    page.hide();
    page.view::<ViewEvent>().feature_flags
}

#[wasm_bindgen_test]
fn inside_of_a_send_are_heard() {
    let page = Page::started();
    page.inside(SEND, call_again);
    page.add_action("outside");
    assert_eq!(flags(&page), Some(serde_json::json!({ "inside": true })));
    assert_eq!(page.events::<ActionEvent>("action").len(), 1);
}

#[wasm_bindgen_test]
fn inside_of_the_outputs_of_the_start_are_heard() {
    for output in [STORE, OBSERVE] {
        let page = Page::new();
        page.inside(output, call_again);
        assert!(page.start(&Start::default()));
        assert_eq!(flags(&page), Some(serde_json::json!({ "inside": true })), "{output}");
    }
}

#[wasm_bindgen_test]
fn inside_of_a_review_are_heard() {
    let page = Page::new();
    page.set_before_send(Some);
    page.inside(REVIEW, call_again);
    assert!(page.start(&Start { has_before_send: true, ..Start::default() }));
    page.add_action("outside");
    assert_eq!(flags(&page), Some(serde_json::json!({ "inside": true })));
}

#[wasm_bindgen_test]
fn that_stop_the_engine_inside_of_a_send_do_no_harm() {
    let page = Page::started();
    page.inside(SEND, Page::stop);
    page.add_action("last");
    page.hide();
    page.add_action("too late");
    assert!(page.event::<ActionEvent>("action").is("last"));
    assert!(page.internal_context().is_none());
}

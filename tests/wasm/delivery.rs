//! What is sent, and when the page is to wake the engine.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::{ActionEvent, ViewEvent};
use crate::inputs::{SEED, Start};
use crate::page::{ORIGIN, Page};
use crate::start::{KNOWN_SESSION, KNOWN_VISITOR, cookie};

const HOUR: f64 = 3_600_000.0;

#[wasm_bindgen_test]
fn is_urgent_when_the_page_is_hidden_and_else_is_not() {
    let page = Page::started();
    for index in 0..60 {
        page.add_action(&format!("action {index}"));
    }
    let early = page.exits();
    assert!(!early.is_empty() && !early.contains(&true), "{early:?}");
    page.hide();
    assert!(page.exits().len() > early.len());
    assert!(page.exits().iter().skip(early.len()).all(|is_exit| *is_exit));
    let names: Vec<String> =
        page.events::<ActionEvent>("action").into_iter().map(|e| e.action.target.name).collect();
    let expected: Vec<String> = (0..60).map(|index| format!("action {index}")).collect();
    assert_eq!(names, expected);
}

#[wasm_bindgen_test]
fn is_due_when_the_page_is_asked_to_wake_the_engine() {
    let page = Page::started();
    page.live(29_000.0);
    assert!(page.exits().is_empty());
    page.live(5_000.0);
    assert_eq!(page.exits(), [false]);
    assert!(page.view::<ViewEvent>().view.is_active);
}

#[wasm_bindgen_test]
fn is_due_as_before_after_a_wake_up_that_is_early() {
    let page = Page::started();
    let due = page.due();
    page.pass((due - page.now()) / 2.0);
    page.wake();
    assert!((page.due() - due).abs() <= 1.0, "{} instead of {due}", page.due());
    assert!(page.exits().is_empty());
}

#[wasm_bindgen_test]
fn is_looked_for_once_a_day_where_nothing_is_due() {
    let page = Page::started();
    page.withdraw_consent();
    // `setTimeout` would take a longer time for none.
    assert!((page.due() - page.now() - 24.0 * HOUR - 1.0).abs() < 1e-3, "{}", page.due());
}

#[wasm_bindgen_test]
fn comes_with_the_wake_up_when_the_session_is_over() {
    let page = Page::new();
    // A session lasts four hours at most.
    page.set_cookie(&cookie(ORIGIN - 4.0 * HOUR + 150.0, ORIGIN + 60_000.0));
    assert!(page.start(&Start::default()));
    page.live(149.0);
    assert_eq!(page.session_id(), KNOWN_SESSION);
    page.live(2.0);
    page.hide();
    let view: ViewEvent = page.view();
    assert_eq!((view.session.id.as_str(), view.view.is_active), (KNOWN_SESSION, false));
    assert!(page.internal_context().is_none());
    assert_eq!(page.in_cookie("aid").as_deref(), Some(KNOWN_VISITOR));
}

#[wasm_bindgen_test]
fn begins_again_with_activity_after_the_session_was_over() {
    let page = Page::started();
    let first = page.session_id();
    page.pass(HOUR);
    page.wake();
    assert!(page.internal_context().is_none());
    page.be_active();
    assert_ne!(page.session_id(), first);
    assert_eq!(page.in_cookie("id"), Some(page.session_id()));
}

/// Drops the one, changes the other.
fn before_send(event: String) -> Option<String> {
    (!event.contains("secret")).then(|| event.replace("public", "approved"))
}

#[wasm_bindgen_test]
fn is_of_events_as_the_page_reviewed_them() {
    let page = Page::new();
    page.set_before_send(before_send);
    assert!(page.start(&Start { has_before_send: true, ..Start::default() }));
    page.add_action("secret");
    page.add_action("public \u{1f525}");
    page.hide();
    assert!(page.event::<ActionEvent>("action").is("approved \u{1f525}"));
    assert_eq!(page.view::<ViewEvent>().view.action.count, 1);
}

/// Knows more of a view.
fn complete(event: String) -> Option<String> {
    Some(event.replace("shop \u{1f525}", "completed"))
}

#[wasm_bindgen_test]
fn is_of_views_as_the_page_completed_them_and_tells_the_current_one_again() {
    let page = Page::started();
    page.live(60_000.0);
    assert_eq!(page.events::<ViewEvent>("view").len(), 1);
    page.set_before_send(complete);
    page.complete_views();
    page.live(60_000.0);
    let views: Vec<String> =
        page.events::<ViewEvent>("view").into_iter().map(|event| event.service).collect();
    assert_eq!(views, ["shop \u{1f525}", "completed"]);
    page.add_action("shop \u{1f525}");
    page.hide();
    assert!(page.event::<ActionEvent>("action").is("shop \u{1f525}"));
}

#[wasm_bindgen_test]
fn has_ids_that_come_from_the_seed_of_the_page() {
    let id_of = |seed| {
        let page = Page::new();
        assert!(page.start(&Start { seed, ..Start::default() }));
        page.session_id()
    };
    assert_eq!(id_of(SEED), id_of(SEED));
    assert_ne!(id_of(SEED), id_of(KNOWN_SESSION));
}

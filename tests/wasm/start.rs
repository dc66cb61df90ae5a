//! The engine starts: from the cookie and what the shim has sent, and only once.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::{ActionEvent, ViewEvent};
use crate::inputs::Start;
use crate::page::{ORIGIN, Page};

pub(crate) const KNOWN_SESSION: &str = "cacbf45c-3a05-48ce-b066-d76349460599";
pub(crate) const KNOWN_VISITOR: &str = "0d9a1d5e-6f0e-4a39-8a5e-1d1f0f9c2b7a";

/// As Datadog's SDK would have left it. Times are epoch milliseconds.
pub(crate) fn cookie(created: f64, expire: f64) -> String {
    format!("aid={KNOWN_VISITOR}&id={KNOWN_SESSION}&created={created}&expire={expire}&c=0")
}

#[wasm_bindgen_test]
fn stores_the_session_that_it_begins() {
    let page = Page::started();
    assert_eq!(page.in_cookie("id"), Some(page.session_id()));
    page.hide();
    let view: ViewEvent = page.view();
    assert_eq!(view.session.id, page.session_id());
    assert_eq!(page.in_cookie("aid"), view.usr.map(|usr| usr.anonymous_id));
    let expire = ORIGIN + 500.0 + 15.0 * 60_000.0;
    assert_eq!(page.in_cookie("expire"), Some(expire.to_string()));
}

#[wasm_bindgen_test]
fn goes_on_with_the_session_in_the_cookie() {
    let page = Page::new();
    page.set_cookie(&cookie(ORIGIN - 60_000.0, ORIGIN + 60_000.0));
    assert!(page.start(&Start::default()));
    assert_eq!(page.session_id(), KNOWN_SESSION);
}

#[wasm_bindgen_test]
fn keeps_the_visitor_of_a_session_that_expired() {
    let page = Page::new();
    page.set_cookie(&cookie(ORIGIN - 3_600_000.0, ORIGIN - 1.0));
    assert!(page.start(&Start::default()));
    assert_ne!(page.session_id(), KNOWN_SESSION);
    assert_eq!(page.in_cookie("aid").as_deref(), Some(KNOWN_VISITOR));
}

#[wasm_bindgen_test]
fn goes_on_with_the_view_that_the_shim_sent() {
    let page = Page::new();
    assert!(page.start(&Start { bounced: KNOWN_SESSION, ..Start::default() }));
    page.hide();
    let view: ViewEvent = page.view();
    assert_eq!(view.view.id, KNOWN_SESSION);
    assert!(view._dd.document_version > 1);
}

#[wasm_bindgen_test]
fn is_refused_where_there_is_an_engine() {
    let page = Page::started();
    let session_id = page.session_id();
    page.add_action("before");
    assert!(!page.start(&Start { seed: KNOWN_SESSION, ..Start::default() }));
    assert_eq!(page.session_id(), session_id);
    page.add_action("after");
    page.hide();
    let actions = page.events::<ActionEvent>("action");
    let names: Vec<&str> = actions.iter().map(|event| event.action.target.name.as_str()).collect();
    assert_eq!(names, ["before", "after"]);
}

#[wasm_bindgen_test]
fn is_possible_again_after_the_stop() {
    let page = Page::started();
    let first = page.internal_context().unwrap().view.id;
    page.stop();
    assert!(page.start(&Start { seed: KNOWN_SESSION, ..Start::default() }));
    assert_ne!(page.internal_context().unwrap().view.id, first);
}

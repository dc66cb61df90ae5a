//! What is sent, and when the host is to wake the engine.

use ferrum::browser;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::{ActionEvent, ViewEvent};
use crate::page::{OPTIONS, Page, SEED};
use crate::{KNOWN_SESSION, add_action, hide, leave_cookie, session_id};

#[wasm_bindgen_test]
fn is_urgent_when_the_page_is_hidden_and_else_is_not() {
    let page = Page::started();
    for index in 0..60 {
        add_action(&format!("action {index}"));
    }
    let early = page.exits();
    assert!(!early.is_empty() && !early.contains(&true), "{early:?}");
    hide();
    assert!(page.exits().len() > early.len());
    assert!(page.exits().iter().skip(early.len()).all(|is_exit| *is_exit));
    let names: Vec<String> =
        page.events::<ActionEvent>("action").into_iter().map(|e| e.action.target.name).collect();
    let expected: Vec<String> = (0..60).map(|index| format!("action {index}")).collect();
    assert_eq!(names, expected);
}

#[wasm_bindgen_test]
fn is_due_when_the_host_is_asked_to_wake_the_engine() {
    let page = Page::started();
    let wait = page.waits().pop().unwrap();
    assert!(wait > 0.0 && wait <= 30_001.0, "{wait}");
    browser::wake();
    assert!(page.exits().is_empty());
    assert!(page.waits().pop().unwrap() > 0.0);
    browser::stop();
}

#[wasm_bindgen_test]
async fn comes_with_the_timer_when_the_session_is_over() {
    let mut page = Page::new();
    page.wakes();
    let now = js_sys::Date::now();
    // A session lasts four hours at most.
    leave_cookie(now - 4.0 * 3_600_000.0 + 150.0, now + 60_000.0);
    assert!(page.start(OPTIONS));
    assert!(page.waits().iter().all(|wait| *wait <= 200.0), "{:?}", page.waits());
    page.sent().await;
    let view: ViewEvent = page.view();
    assert_eq!((view.session.id.as_str(), view.view.is_active), (KNOWN_SESSION, false));
    assert!(js_sys::Date::now() >= now + 150.0);
    assert_eq!(browser::internal_context(-1.0), "");
}

#[wasm_bindgen_test]
fn has_ids_that_come_from_the_seed_of_the_page() {
    let id_of = |seed: &str| {
        let page = Page::new();
        assert!(page.start_with(OPTIONS, &format!(r#""seed":"{seed}","#)));
        session_id()
    };
    assert_eq!(id_of(SEED), id_of(SEED));
    assert_ne!(id_of(SEED), id_of(KNOWN_SESSION));
}

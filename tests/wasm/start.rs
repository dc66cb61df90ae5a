//! The engine starts: from its options, the cookie and what the shim has sent.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::ViewEvent;
use crate::page::{self, OPTIONS, Page};
use crate::{KNOWN_SESSION, KNOWN_VISITOR, cookie_field, hide, leave_cookie, session_id};

#[wasm_bindgen_test]
fn writes_the_session_into_the_cookie() {
    let page = Page::started();
    assert_eq!(cookie_field("id"), Some(session_id()));
    hide();
    let view: ViewEvent = page.view();
    assert_eq!(view.session.id, session_id());
    assert_eq!(cookie_field("aid"), view.usr.map(|usr| usr.anonymous_id));
    let expire: f64 = cookie_field("expire").unwrap().parse().unwrap();
    let expected = js_sys::Date::now() + 15.0 * 60_000.0;
    assert!((expire - expected).abs() < 5_000.0, "{expire} for {expected}");
}

#[wasm_bindgen_test]
fn goes_on_with_the_session_in_the_cookie() {
    let now = js_sys::Date::now();
    let page = Page::new();
    leave_cookie(now - 60_000.0, now + 60_000.0);
    assert!(page.start(OPTIONS));
    assert_eq!(session_id(), KNOWN_SESSION);
}

#[wasm_bindgen_test]
fn keeps_the_visitor_of_a_session_that_expired() {
    let now = js_sys::Date::now();
    let page = Page::new();
    leave_cookie(now - 3_600_000.0, now - 1.0);
    assert!(page.start(OPTIONS));
    assert_ne!(session_id(), KNOWN_SESSION);
    assert_eq!(cookie_field("aid").as_deref(), Some(KNOWN_VISITOR));
}

#[wasm_bindgen_test]
fn goes_on_with_the_view_that_the_shim_sent() {
    let page = Page::new();
    assert!(page.start_with(OPTIONS, &format!(r#""bounced":"{KNOWN_SESSION}","#)));
    hide();
    let view: ViewEvent = page.view();
    assert_eq!(view.view.id, KNOWN_SESSION);
    assert!(view._dd.document_version > 1);
}

#[wasm_bindgen_test]
fn tells_why_it_cannot_be() {
    let page = Page::new();
    assert!(!page.start(r#"{"applicationId":"","clientToken":7,"sessionSampleRate":-1}"#));
    let warnings = page.warnings().join("\n");
    for (option, value) in [("applicationId", ""), ("clientToken", "7")] {
        assert!(warnings.contains(&format!("\"{option}\"")), "{warnings}");
        assert!(warnings.contains(value), "{warnings}");
    }
    hide();
    assert!(page.exits().is_empty());
    assert_eq!(page::cookie(), "");
}

#[wasm_bindgen_test]
fn warns_of_an_option_that_it_replaces_by_its_default() {
    let page = Page::new();
    let options = OPTIONS.replace('}', r#","defaultPrivacyLevel":"none"}"#);
    let is_started = page.start(&options);
    let warnings = page.warnings().join("\n");
    assert!(is_started, "{warnings}");
    assert!(warnings.contains("\"defaultPrivacyLevel\""), "{warnings}");
    assert!(warnings.contains("(got \"none\")"), "{warnings}");
}

//! Actions that the page starts and stops.

use super::*;

fn call<'a>(key: &'a str, r#type: &'a str, context: &'a str) -> Call<'a> {
    Call { key, name: "name", r#type, context }
}

#[test]
fn the_page_starts_and_stops_an_action_of_its_own() {
    let mut page = Page::new();
    let id = page.ids.uuid();
    page.actions.start(call("k", "", r#"{"a":{"b":1}}"#), id, at(100.0));
    page.at(150.0).error();
    page.actions.count(Child::Resource, at(99.0));
    page.actions.stop(call("k", "swipe", r#"{"a":{"c":2}}"#), at(400.0));
    page.error();
    let action = page.only();
    assert_eq!((action.id, action.start, millis(&action)), (id, at(100.0), Some(300.0)));
    assert_eq!((action.name.as_str(), action.r#type.as_str()), ("name", "swipe"));
    assert_eq!(action.details, r#"{"a":{"b":1,"c":2}}"#);
    assert_eq!(action.counts, Counts { error: 1, ..Counts::default() });
    assert_eq!(action.frustrations, ["error_click"]);
    assert_eq!(page.ids_at(400.0), [id]);
    assert_eq!(page.ids_at(401.0), []);
}

#[test]
fn an_action_of_the_page_is_custom_and_keeps_the_context_of_its_start() {
    let mut page = Page::new();
    page.actions.start(call("k", "", r#"{"a":1}"#), Uuid::default(), at(0.0));
    page.actions.stop(call("k", "", ""), at(1.0));
    let action = page.only();
    assert_eq!((action.r#type.as_str(), action.details.as_str()), ("custom", r#"{"a":1}"#));
    page.actions.start(call("k", "scroll", ""), Uuid::default(), at(0.0));
    page.actions.stop(call("k", "", r#"{"b":2}"#), at(1.0));
    let action = page.only();
    assert_eq!((action.r#type.as_str(), action.details.as_str()), ("scroll", r#"{"b":2}"#));
}

#[test]
fn a_start_under_the_same_key_forgets_the_first() {
    let mut page = Page::new();
    let (first, second) = (page.ids.uuid(), page.ids.uuid());
    page.actions.start(call("k", "", ""), first, at(0.0));
    page.actions.start(call("other", "", ""), Uuid::default(), at(0.0));
    page.actions.start(call("k", "", ""), second, at(50.0));
    assert_eq!(page.ids_at(60.0), [second, Uuid::default()]);
    page.actions.stop(call("k", "", ""), at(70.0));
    page.actions.stop(call("k", "", ""), at(80.0));
    let action = page.only();
    assert_eq!((action.id, millis(&action)), (second, Some(20.0)));
}

#[test]
fn another_session_forgets_what_runs() {
    let mut page = Page::new();
    page.actions.start(call("k", "", ""), Uuid::default(), at(0.0));
    page.actions.on_session_renewed();
    page.actions.stop(call("k", "", ""), at(80.0));
    assert_eq!(page.actions.ids_at(None), []);
    assert!(page.finished().is_empty());
}

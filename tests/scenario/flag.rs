//! Feature flags that were evaluated. Rules: `@datadog/browser-rum-core` 7.16

use serde_json::json;

use crate::page::{Page, SECOND};

#[test]
fn a_flag_is_on_the_view_in_which_it_was_evaluated() {
    let mut page = Page::load();
    page.at(SECOND).add_flag("checkout", &json!("b")).add_flag("limit", &json!(25)).hide();
    assert_eq!(page.view()["feature_flags"], json!({ "checkout": "b", "limit": 25 }));
}

#[test]
fn a_view_without_flags_does_not_mention_them() {
    let mut page = Page::load();
    page.at(SECOND).hide();
    assert_eq!(page.view().get("feature_flags"), None);
}

#[test]
fn the_last_value_wins() {
    let mut page = Page::load();
    page.add_flag("checkout", &json!("a")).add_flag("other", &json!(true));
    page.wait(SECOND).add_flag("checkout", &json!({ "variant": ["b"] })).hide();
    let flags = json!({ "checkout": { "variant": ["b"] }, "other": true });
    assert_eq!(page.view()["feature_flags"], flags);
}

#[test]
fn nothing_of_the_value_before_is_left() {
    let mut page = Page::load();
    for value in [json!({ "a": 1 }), json!({ "b": 2 })] {
        page.wait(SECOND).add_flag("checkout", &value);
    }
    page.hide();
    assert_eq!(page.view()["feature_flags"], json!({ "checkout": { "b": 2 } }));
}

#[test]
fn each_view_has_its_own() {
    let mut page = Page::load();
    page.add_flag("checkout", &json!("b")).at(SECOND).go_to("https://shop.example/cart");
    page.wait(SECOND).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(first["feature_flags"], json!({ "checkout": "b" }));
    assert_eq!(second.get("feature_flags"), None);
}

/// Where the official SDK waits for another reason to send the view, up to five minutes.
#[test]
fn a_flag_may_be_an_empty_object() {
    let mut page = Page::load();
    page.add_flag("checkout", &json!({})).hide();
    assert_eq!(page.view()["feature_flags"], json!({ "checkout": {} }));
}

#[test]
fn a_flag_makes_a_new_version_of_the_view() {
    let mut page = Page::load();
    page.at(31.0 * SECOND);
    let before = page.sent("view").len();
    page.add_flag("checkout", &json!("b")).wait(33.0 * SECOND);
    assert_eq!(page.sent("view").len(), before + 1);
    assert_eq!(page.view()["feature_flags"], json!({ "checkout": "b" }));
}

#[test]
fn a_key_may_be_any_text() {
    let mut page = Page::load();
    page.add_flag("new \"checkout\"", &json!(null)).hide();
    assert_eq!(page.view()["feature_flags"], json!({ "new \"checkout\"": null }));
}

//! Custom actions. Fields: `@datadog/browser-rum-core` 7.16

use ferrum::page::Call;
use serde_json::json;

use crate::page::{ORIGIN, Page, SECOND};

#[test]
fn an_action_carries_its_name_and_its_time_and_is_counted() {
    let mut page = Page::load();
    page.at(2.0 * SECOND).add_action("checkout").wait(SECOND).hide();
    let action = page.only("action");
    assert_eq!(action["action"]["type"], "custom");
    assert_eq!(action["action"]["target"]["name"], "checkout");
    assert_eq!(action["date"], ORIGIN as u64 + 2_000);
    assert_eq!(action["view"]["id"], page.view()["view"]["id"]);
    assert_eq!(page.view()["view"]["action"]["count"], 1);
}

#[test]
fn a_call_made_before_the_engine_was_there_keeps_its_time() {
    let mut page = Page::set_up().at(900.0).load();
    page.replay(250.0, Call::AddAction { name: "early", context: "", token: 0 }).hide();
    assert_eq!(page.only("action")["date"], ORIGIN as u64 + 250);
}

#[test]
fn a_replayed_call_belongs_to_the_view_of_its_time() {
    let mut page = Page::load();
    page.at(1_000.0).go_to("https://shop.example/cart");
    page.at(2_000.0)
        .replay(999.0, Call::AddAction { name: "before", context: "", token: 0 })
        .replay(1_000.0, Call::AddAction { name: "after", context: "", token: 0 })
        .hide();
    let views = page.views();
    let actions = page.sent("action");
    assert_eq!(actions[0]["view"]["id"], views[0]["view"]["id"]);
    assert_eq!(actions[1]["view"]["id"], views[1]["view"]["id"]);
    assert_eq!(actions[1]["view"]["url"], "https://shop.example/cart");
}

#[test]
fn an_action_tells_whether_the_page_was_in_the_foreground() {
    let mut page = Page::load();
    page.add_action("focused").focus(false).add_action("aside").focus(true);
    page.wait(SECOND).hide().add_action("hidden").show().add_action("back").hide();
    let in_foreground: Vec<bool> = page
        .sent("action")
        .iter()
        .map(|action| action["view"]["in_foreground"].as_bool().unwrap())
        .collect();
    assert_eq!(in_foreground, [true, false, false, true]);
}

#[test]
fn an_action_has_the_name_and_the_service_of_its_view_but_no_vitals() {
    let mut page = Page::load();
    let options = ferrum::page::ViewOptions {
        name: "Cart",
        service: "cart-web",
        version: "2.0",
        context: "",
    };
    page.call(Call::StartView { options, url: "" }).add_action("buy").wait(SECOND).hide();
    let action = page.only("action");
    assert_eq!(action["view"]["name"], "Cart");
    assert_eq!((&action["service"], &action["version"]), (&json!("cart-web"), &json!("2.0")));
    assert_eq!(action["view"].get("time_spent"), None);
    assert_eq!(action["view"].get("performance"), None);
    assert_eq!(action.get("feature_flags"), None);
}

#[test]
fn text_that_json_must_escape_arrives_unharmed() {
    let name = "a \"quoted\"\n\u{1}name\\ 🦀";
    let mut page = Page::load();
    page.add_action(name).hide();
    assert_eq!(page.only("action")["action"]["target"]["name"], name);
}

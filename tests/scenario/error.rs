//! Errors, thrown or reported. Fields: `@datadog/browser-rum-core` 7.16

use ferrum::assembly::Context;
use ferrum::error_event::{Origin, Thrown};
use ferrum::json::Raw;
use ferrum::page::Call;
use serde_json::json;

use crate::intake::context;
use crate::page::{ORIGIN, Page, SECOND, error, report, thrown};

#[test]
fn an_error_that_nobody_caught_says_so() {
    let mut page = Page::load();
    page.at(SECOND).call(error(Origin::Uncaught, &[thrown("TypeError", "x is no function")]));
    page.wait(SECOND).hide();
    let event = page.only("error");
    assert_eq!(event["error"]["source"], "source");
    assert_eq!(event["error"]["handling"], "unhandled");
    assert_eq!(event["error"]["type"], "TypeError");
    assert_eq!(event["error"]["message"], "x is no function");
    assert_eq!(event["error"]["source_type"], "browser");
    assert_eq!(event["date"], ORIGIN as u64 + 1_000);
    assert_eq!(page.view()["view"]["error"]["count"], 1);
}

#[test]
fn an_error_that_the_page_reports_is_handled() {
    let mut page = Page::load();
    page.add_error("out of stock").hide();
    let event = page.only("error");
    assert_eq!(event["error"]["source"], "custom");
    assert_eq!(event["error"]["handling"], "handled");
}

#[test]
fn causes_come_nearest_first_and_stacks_in_the_form_the_backend_reads() {
    let stack = |name: &str| format!("{name}: lost\n    at pay (https://shop.example/a.js:7:9)");
    let with_stack = |name: &str| Thrown { stack: stack(name), ..thrown(name, "lost") };
    let chain = [with_stack("PaymentError"), with_stack("NetworkError"), thrown("", "\"offline\"")];
    let mut page = Page::load();
    page.call(error(Origin::Uncaught, &chain)).hide();
    let event = &page.only("error")["error"];
    assert_eq!(event["stack"], "PaymentError: lost\n  at pay @ https://shop.example/a.js:7:9");
    let causes = json!([
        {
            "message": "lost",
            "source": "source",
            "type": "NetworkError",
            "stack": "NetworkError: lost\n  at pay @ https://shop.example/a.js:7:9",
        },
        { "message": "\"offline\"", "source": "source" },
    ]);
    assert_eq!(event["causes"], causes);
}

#[test]
fn an_error_without_cause_has_no_list_of_them() {
    let mut page = Page::load();
    page.add_error("alone").hide();
    assert_eq!(page.only("error")["error"].get("causes"), None);
}

#[test]
fn a_call_that_brings_no_error_is_none() {
    let mut page = Page::load();
    page.call(error(Origin::Custom, &[])).hide();
    assert_eq!(page.sent("error").len(), 0);
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
    page.call(Call::AddError {
        report: report(Origin::Custom, &[thrown("Error", "x")]),
        context: Raw(own.to_string()),
        token: 0,
    });
    page.wait(SECOND).hide();
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

//! Options: what a page is told when they are wrong, and what they change.

use serde_json::Value;

use crate::page::{APPLICATION, Page, SECOND, Setup};

fn complaints(setup: Setup) -> Vec<String> {
    setup.try_load().err().expect("the engine started")
}

#[test]
fn without_its_required_options_there_is_no_engine() {
    let setup = Page::set_up().option("applicationId", Value::Null).option("clientToken", "");
    let complaints = complaints(setup);
    assert_eq!(complaints.len(), 2);
    assert!(complaints[0].starts_with("\"applicationId\" is required"));
    assert!(complaints[1].starts_with("\"clientToken\" is required"));
}

#[test]
fn a_bad_option_is_named_and_stops_the_engine() {
    for (name, value) in [
        ("sessionSampleRate", Value::from(101)),
        ("sessionSampleRate", Value::from("all")),
        ("traceSampleRate", Value::from(-1)),
        ("service", Value::from(7)),
        ("site", Value::from("example.com")),
        ("proxy", Value::from(7)),
        ("trackingConsent", Value::from("maybe")),
    ] {
        let complaints = complaints(Page::set_up().option(name, value));
        assert_eq!(complaints.len(), 1, "{complaints:?}");
        assert!(complaints[0].starts_with(&format!("\"{name}\" must be ")), "{complaints:?}");
    }
}

#[test]
fn a_bad_option_that_is_not_vital_is_warned_about_only() {
    let mut page = Page::set_up().option("defaultPrivacyLevel", "none").load();
    page.at(SECOND).hide();
    assert!(page.warnings[0].starts_with("\"defaultPrivacyLevel\" must be one of"));
    assert_eq!(page.view()["privacy"]["replay_level"], "mask-user-input");
}

#[test]
fn what_the_page_is_shows_on_every_event() {
    let mut page = Page::set_up()
        .option("service", "shop,web")
        .option("version", "1.4.2")
        .option("env", "prod")
        .option("sessionSampleRate", 99.5)
        .option("traceSampleRate", 20)
        .option("defaultPrivacyLevel", "allow")
        .load();
    page.at(SECOND).add_action("x").hide();
    let version = env!("CARGO_PKG_VERSION");
    for event in page.intake.events() {
        assert_eq!(event["application"]["id"], APPLICATION);
        assert_eq!(event["service"], "shop,web");
        assert_eq!(event["version"], "1.4.2");
        let tags = format!("sdk_version:{version},env:prod,service:shop_web,version:1.4.2");
        assert_eq!(event["ddtags"], tags);
        assert_eq!(event["_dd"]["configuration"]["session_sample_rate"], 99.5);
        assert_eq!(event["_dd"]["configuration"]["trace_sample_rate"], 20);
    }
    assert_eq!(page.view()["privacy"]["replay_level"], "allow");
}

//! Resources. Rules: `@datadog/browser-rum-core` 7.16

use crate::entries::resource;
use crate::page::{ORIGIN, Page, SECOND};

const SCRIPT: &str = "https://shop.example/app.js";

#[test]
fn a_resource_is_sent_and_counted() {
    let mut page = Page::load();
    page.at(SECOND).observe([resource(SCRIPT, 200.0)]).hide();
    let event = page.only("resource");
    assert_eq!(event["resource"]["url"], SCRIPT);
    assert_eq!(event["resource"]["type"], "js");
    assert_eq!(event["resource"]["duration"], 90_000_000);
    assert_eq!(event["_dd"]["discarded"], false);
    assert_eq!(event["date"], ORIGIN as u64 + 200);
    assert_eq!(page.view()["view"]["resource"]["count"], 1);
}

#[test]
fn a_resource_belongs_to_the_view_in_which_it_was_asked_for() {
    let mut page = Page::load();
    page.at(SECOND).go_to("https://shop.example/cart");
    page.wait(SECOND).observe([resource(SCRIPT, 999.0), resource(SCRIPT, 1_000.0)]).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(first["view"]["resource"]["count"], 1);
    assert_eq!(second["view"]["resource"]["count"], 1);
    assert_eq!(page.sent("resource")[0]["view"]["id"], first["view"]["id"]);
}

/// The names survive the escaping of a proxy (§3.2: the filter of the SDK's own traffic).
#[test]
fn traffic_to_an_intake_is_no_resource() {
    let query = "ddsource=browser&dd-api-key=pub&dd-request-id=1";
    let direct = format!("https://browser-intake-datadoghq.com/api/v2/rum?{query}");
    let proxied = "https://shop.example/p?ddforward=%2Fapi%2Fv2%2Frum%3Fddsource%3Dbrowser\
                   %26dd-api-key%3Dpub%26dd-request-id%3D1";
    let mut page = Page::load();
    page.at(SECOND).observe([resource(&direct, 200.0), resource(proxied, 300.0)]).hide();
    assert_eq!(page.sent("resource").len(), 0);
    assert_eq!(page.view()["view"]["resource"]["count"], 0);
}

#[test]
fn a_page_may_leave_resources_out() {
    let mut page = Page::set_up().config(|config| config.track_resources = false).load();
    page.at(SECOND).observe([resource(SCRIPT, 200.0)]).hide();
    assert_eq!(page.sent("resource").len(), 0);
    assert_eq!(page.view()["view"]["resource"]["count"], 0);
}

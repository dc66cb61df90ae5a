//! The life of views. Rules and numbers: `@datadog/browser-rum-core` 7.16 (3 s throttle, 5 min
//! keep-alive, 4 h for what comes in late).

use ferrum::page::{Call, ViewOptions};
use serde_json::{Value, json};

use crate::entries::{fcp, lcp, navigation, resource, shift};
use crate::intake::{context, millis, version};
use crate::page::{HOUR, MINUTE, ORIGIN, Page, REFERRER, SECOND, URL};

const CART: &str = "https://shop.example/cart";

fn versions(page: &Page) -> Vec<u64> {
    page.sent("view").into_iter().map(version).collect()
}

/// When the bodies with a version of the first view left.
fn sent_at(page: &Page) -> Vec<f64> {
    page.intake.beacons.iter().map(|beacon| beacon.at).collect()
}

/// The document version after which the page was hidden: what was counted up to then.
fn versions_before_hiding(page: &mut Page) -> u64 {
    page.hide();
    version(page.view()) - 1
}

#[test]
fn the_first_version_is_made_at_once() {
    let mut page = Page::load();
    // By then nobody waits any more for what the page might still load.
    page.at(SECOND);
    assert_eq!(page.deadline(), Some(30.0 * SECOND), "the batch waits with it");
    page.at(30.0 * SECOND);
    assert_eq!(versions(&page), [1]);
    let view = page.view();
    assert_eq!(view["date"], ORIGIN as u64);
    assert_eq!(view["view"]["loading_type"], "initial_load");
    assert_eq!(view["view"]["url"], URL);
    assert_eq!(view["view"]["referrer"], REFERRER);
    assert_eq!(view["view"]["is_active"], true);
    assert_eq!(millis(view, "/view/time_spent"), Some(30.0 * SECOND));
}

#[test]
fn the_initial_view_starts_at_the_time_origin_however_late_the_engine_is() {
    let mut page = Page::set_up().at(2_500.0).load();
    page.at(4_000.0).hide();
    assert_eq!(page.view()["date"], ORIGIN as u64);
    assert_eq!(millis(page.view(), "/view/time_spent"), Some(4_000.0));
}

#[test]
fn changes_wait_three_seconds_for_others() {
    let mut page = Page::load();
    page.at(SECOND).add_action("a");
    assert_eq!(page.deadline(), Some(4.0 * SECOND));
    page.at(2.0 * SECOND).add_action("b").at(4.0 * SECOND - 1.0).add_action("c");
    assert_eq!(page.deadline(), Some(4.0 * SECOND));
    assert_eq!(versions_before_hiding(&mut page), 1);
}

#[test]
fn a_version_comes_out_at_the_end_of_the_three_seconds() {
    let mut page = Page::load();
    page.at(SECOND).add_action("a").at(4.0 * SECOND);
    assert_eq!(versions_before_hiding(&mut page), 2);
}

#[test]
fn a_change_after_a_version_waits_again() {
    let mut page = Page::load();
    page.at(SECOND).add_action("a").at(5.0 * SECOND).add_action("b");
    assert_eq!(page.deadline(), Some(8.0 * SECOND));
    page.at(8.0 * SECOND);
    assert_eq!(versions_before_hiding(&mut page), 3);
}

/// The text of a version is made as its batch leaves, with what came after the version was counted.
#[test]
fn what_a_version_told_already_is_no_reason_for_another() {
    let mut page = Page::load();
    page.at(SECOND).go_to(CART);
    page.at(2.0 * SECOND).observe([resource("https://shop.example/late.js", 900.0)]);
    for number in 0..50 {
        page.add_action(&format!("fills a batch, {number}"));
    }
    let versions_of_first = |page: &Page| {
        let views = page.sent("view").into_iter().filter(|view| view["view"]["url"] == URL);
        views.map(|view| view["view"]["resource"]["count"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(versions_of_first(&page), [1]);
    page.hide();
    assert_eq!(versions_of_first(&page), [1]);
}

#[test]
fn a_view_where_nothing_happens_is_sent_every_five_minutes() {
    let mut page = Page::load();
    page.at(14.0 * MINUTE);
    let half = 30.0 * SECOND;
    assert_eq!(sent_at(&page), [half, 5.0 * MINUTE + half, 10.0 * MINUTE + half]);
    assert_eq!(versions(&page), [1, 2, 3]);
    assert_eq!(millis(page.view(), "/view/time_spent"), Some(10.0 * MINUTE + half));
}

#[test]
fn an_idle_page_is_not_woken_for_nothing() {
    let mut page = Page::load();
    page.at(14.0 * MINUTE);
    // Rest, three bodies, the versions of the second and the third, and the session every minute but
    // that of a version, which looks at it too.
    assert_eq!(page.wakes, 6 + 12);
}

#[test]
fn entries_that_come_in_late_change_a_view_that_ended() {
    let mut page = Page::load();
    page.at(10.0 * SECOND).go_to(CART);
    page.at(4.0 * MINUTE).observe([resource("https://shop.example/late.js", 9_000.0)]);
    page.observe([shift(9_500.0, 0.5)]).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(first["view"]["resource"]["count"], 1);
    assert_eq!(first["view"]["is_active"], false);
    assert_eq!(millis(first, "/view/time_spent"), Some(10.0 * SECOND));
    assert_eq!(second["view"]["resource"]["count"], 0);
}

/// A resource that began before the page's second view, and comes in this long after its start.
fn late_resource(span: f64) -> Page {
    let mut page = Page::load();
    page.at(10.0 * SECOND).go_to(CART);
    let mut left = span;
    // The user is there: the session goes on.
    while left > 5.0 * MINUTE {
        page.wait(5.0 * MINUTE).scroll();
        left -= 5.0 * MINUTE;
    }
    page.wait(left).scroll().observe([resource("https://shop.example/late.js", 9_000.0)]);
    page.hide();
    page
}

/// `VIEW_CONTEXT_TIME_OUT_DELAY`: a connection that was held open, a vital that began long ago.
#[test]
fn events_of_a_view_are_sent_and_counted_up_to_four_hours_after_its_end() {
    let page = late_resource(4.0 * HOUR);
    assert_eq!(page.only("resource")["view"]["id"], page.views()[0]["view"]["id"]);
    assert_eq!(page.views()[0]["view"]["resource"]["count"], 1);
    assert_eq!(late_resource(4.0 * HOUR + 1.0).sent("resource").len(), 0);
}

#[test]
fn what_came_in_just_before_that_is_still_told() {
    for late_by in [4.0 * MINUTE + 40.0 * SECOND, 4.0 * MINUTE + 59.0 * SECOND] {
        let mut page = Page::load();
        page.at(10.0 * SECOND).go_to(CART).wait(late_by);
        page.observe([resource("https://shop.example/late.js", 9_000.0)]);
        page.wait(2.0 * SECOND).scroll().wait(19.0 * SECOND).scroll().wait(MINUTE).hide();
        assert_eq!(page.views()[0]["view"]["resource"]["count"], 1, "{late_by}");
    }
}

#[test]
fn another_path_is_another_view_and_its_referrer_is_the_one_before() {
    let mut page = Page::load();
    page.at(2.0 * SECOND).go_to(CART).at(5.0 * SECOND).go_to("https://shop.example/pay#/card");
    page.at(6.0 * SECOND).hide();
    let [first, second, third] = page.views()[..] else { panic!() };
    assert_eq!(first["view"]["is_active"], false);
    assert_eq!(millis(first, "/view/time_spent"), Some(2.0 * SECOND));
    assert_eq!(second["view"]["loading_type"], "route_change");
    assert_eq!(second["view"]["url"], CART);
    assert_eq!(second["view"]["referrer"], URL);
    assert_eq!(second["date"], ORIGIN as u64 + 2_000);
    assert_eq!(millis(second, "/view/time_spent"), Some(3.0 * SECOND));
    assert_eq!(third["view"]["referrer"], CART);
    assert_eq!(third["view"]["is_active"], true);
    assert_eq!(first["session"].get("is_active"), None);
}

#[test]
fn another_path_in_the_fragment_is_another_view() {
    let mut page = Page::load();
    page.at(SECOND).go_to("https://shop.example/#/cart").wait(SECOND).hide();
    assert_eq!(page.views().len(), 2);
}

#[test]
fn after_another_query_and_a_jump_within_the_page_events_have_a_new_address_but_no_new_view() {
    let mut page = Page::load();
    page.at(SECOND).add_action("a");
    page.go_to("https://shop.example/?sort=price").add_action("b");
    page.jump_to("https://shop.example/?sort=price#reviews").add_action("c").hide();
    assert_eq!(page.views().len(), 1);
    assert_eq!(page.view()["view"]["url"], URL);
    let urls: Vec<&Value> = page.sent("action").iter().map(|event| &event["view"]["url"]).collect();
    assert_eq!(
        urls,
        [URL, "https://shop.example/?sort=price", "https://shop.example/?sort=price#reviews"]
    );
}

/// By the history of addresses (`@datadog/browser-rum-core` 7.16, `contexts/urlContexts`).
#[test]
fn an_event_has_the_address_of_its_time() {
    let sorted = "https://shop.example/?sort=price";
    let mut page = Page::load();
    page.at(SECOND).go_to(sorted).wait(SECOND);
    page.observe([resource("https://shop.example/a.js", 999.0)]);
    page.observe([resource("https://shop.example/b.js", 1_000.0)]).hide();
    let urls: Vec<&Value> = page.sent("resource").iter().map(|it| &it["view"]["url"]).collect();
    assert_eq!(urls, [URL, sorted]);
    let url_at = |at: f64| {
        let text = page.rum().internal_context(Some(crate::entries::ms(at)));
        serde_json::from_str::<Value>(&text).unwrap()["view"]["url"].clone()
    };
    assert_eq!([url_at(999.0), url_at(1_000.0)], [URL, sorted]);
}

#[test]
fn addresses_are_remembered_for_five_minutes_and_the_first_one_longer() {
    let address = |index: u32| format!("https://shop.example/?page={index}");
    let late = |page: &mut Page, start| {
        page.observe([resource("https://shop.example/late.js", start)]);
        page.wait(30.0 * SECOND);
        page.sent("resource").last().unwrap()["view"]["url"].clone()
    };
    for (after, expected) in [(0.0, &*address(1)), (1.0, URL)] {
        let mut page = Page::load();
        page.at(SECOND).go_to(&address(1)).at(2.0 * SECOND).go_to(&address(2));
        page.at(2.0 * SECOND + 5.0 * MINUTE + after).go_to(&address(3));
        assert_eq!(late(&mut page, 1_500.0), expected);
        assert_eq!(late(&mut page, 2_500.0), address(2));
    }
}

#[test]
fn a_page_may_start_its_views_itself() {
    let mut page = Page::set_up().config(|config| config.track_views_manually = true).load();
    page.at(SECOND).add_action("too early").start_view("Home");
    page.wait(SECOND).go_to(CART).wait(SECOND).restore().wait(SECOND).start_view("Cart");
    page.wait(SECOND).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(first["view"]["loading_type"], "initial_load");
    assert_eq!((&first["view"]["name"], &first["date"]), (&json!("Home"), &json!(ORIGIN as u64)));
    assert_eq!(second["view"]["loading_type"], "route_change");
    assert_eq!(second["view"]["name"], "Cart");
    assert_eq!(page.sent("action").len(), 0);
}

#[test]
fn a_started_view_takes_what_the_page_says_about_it() {
    let mut page = Page::set_up().load();
    let options =
        ViewOptions { name: "Cart", service: "cart-web", version: "2.0", context: r#"{"step":2}"# };
    let url = "https://shop.example/virtual";
    page.at(SECOND).call(Call::StartView { options, url }).wait(SECOND).start_view("Pay");
    page.wait(SECOND).hide();
    let [_, cart, pay] = page.views()[..] else { panic!() };
    assert_eq!(cart["view"]["name"], "Cart");
    assert_eq!(cart["view"]["url"], "https://shop.example/virtual");
    assert_eq!((&cart["service"], &cart["version"]), (&json!("cart-web"), &json!("2.0")));
    assert_eq!(context(cart), json!({ "step": 2 }));
    assert_eq!((&pay["service"], pay.get("version")), (&json!("shop"), None));
    assert_eq!(pay["view"]["referrer"], "https://shop.example/virtual");
    assert_eq!(context(pay), json!({}));
}

#[test]
fn a_view_started_before_the_engine_was_there_starts_when_it_was_called() {
    let mut page = Page::set_up().at(900.0).load();
    let options = ViewOptions { name: "Cart", ..ViewOptions::default() };
    page.replay(250.0, Call::StartView { options, url: "" });
    page.at(2_000.0).observe([resource("https://shop.example/cart.js", 300.0)]).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(millis(first, "/view/time_spent"), Some(250.0));
    assert_eq!(second["date"], ORIGIN as u64 + 250);
    assert_eq!(second["view"]["resource"]["count"], 1);
}

#[test]
fn an_address_that_a_view_was_started_with_is_of_that_view_only() {
    let mut page = Page::load();
    let start = |url| Call::StartView { options: ViewOptions::default(), url };
    page.at(SECOND).call(start("https://shop.example/virtual"));
    page.wait(SECOND).call(start(""));
    page.wait(SECOND).go_to(URL).hide();
    let [_, own, next] = page.views()[..] else { panic!("a jump to where it is starts no view") };
    assert_eq!(own["view"]["url"], "https://shop.example/virtual");
    assert_eq!(next["view"]["url"], URL);
    assert_eq!(next["view"]["referrer"], own["view"]["url"]);
}

/// Not throttled (`@datadog/browser-rum-core` 7.16, `view/trackViews`: `setViewName`): the view's
/// version, the name's, the one at the exit.
#[test]
fn a_new_name_is_told_at_once() {
    let mut page = Page::load();
    page.at(SECOND).call(Call::SetViewName("Home")).wait(SECOND).hide();
    assert_eq!(page.view()["_dd"]["document_version"], 3);
}

#[test]
fn a_name_and_a_context_may_come_later() {
    let mut page = Page::load();
    page.at(SECOND).call(Call::SetViewName("Home"));
    page.call(Call::SetViewContext(r#"{"tenant":"acme"}"#));
    assert_eq!(page.rum().view_context(), r#"{"tenant":"acme"}"#);
    page.add_action("x").hide();
    for event in [page.view(), page.only("action")] {
        assert_eq!(event["view"]["name"], "Home");
        assert_eq!(context(event), json!({ "tenant": "acme" }));
    }
}

#[test]
fn timings_count_from_the_start_of_their_view() {
    let mut page = Page::load();
    page.at(2_000.0).go_to(CART);
    page.at(2_750.0).add_timing("now", None);
    page.add_timing("relative", Some(250.5));
    page.add_timing("epoch", Some(ORIGIN + 2_500.0)).hide();
    let expected = json!({ "now": 750_000_000, "relative": 250_500_000, "epoch": 500_000_000 });
    assert_eq!(page.view()["view"]["custom_timings"], expected);
}

/// A time below a year cannot be a date (`@datadog/browser-rum-core` 7.16, `trackCustomerTimings`).
#[test]
fn a_timing_later_than_a_year_is_a_date() {
    let year = 365.0 * 24.0 * 60.0 * MINUTE;
    let mut page = Page::load();
    page.at(SECOND).add_timing("relative", Some(year - 1.0)).add_timing("date", Some(year)).hide();
    let expected = json!({ "relative": (year as u64 - 1) * 1_000_000, "date": 0 });
    assert_eq!(page.view()["view"]["custom_timings"], expected);
}

#[test]
fn the_last_timing_of_a_name_wins() {
    let mut page = Page::load();
    page.at(SECOND).add_timing("hero", None).at(2.0 * SECOND).add_timing("hero", None).hide();
    assert_eq!(page.view()["view"]["custom_timings"], json!({ "hero": 2_000_000_000_u64 }));
}

/// The shim sent version 1 by itself, since the page was hidden before the engine was ready.
#[test]
fn a_page_that_bounced_and_came_back_goes_on_with_its_view() {
    let id = "7f0c2f4e-3a0d-4f65-8d55-9d2f2b8f5a10";
    let mut page = Page::set_up().known(id, true).at(SECOND).load();
    page.at(30.0 * SECOND + SECOND);
    assert_eq!(page.view()["view"]["id"], id);
    assert_eq!(versions(&page), [2]);
    page.go_to(CART).wait(SECOND).hide();
    assert_ne!(page.view()["view"]["id"], id);
    assert_eq!(version(page.views()[0]), 3);
}

/// Another SDK asked for it before the engine was ready.
#[test]
fn a_view_whose_id_is_known_begins_with_its_first_version() {
    let id = "7f0c2f4e-3a0d-4f65-8d55-9d2f2b8f5a10";
    let mut page = Page::set_up().known(id, false).at(SECOND).load();
    page.at(30.0 * SECOND + SECOND);
    assert_eq!(page.view()["view"]["id"], id);
    assert_eq!(versions(&page), [1]);
}

#[test]
fn a_page_restored_from_the_cache_is_another_view() {
    let mut page = Page::load();
    page.at(10.0 * SECOND).hide().sleep(MINUTE).restore().wait(SECOND).add_action("back").hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(first["view"]["is_active"], false);
    assert_eq!(second["view"]["loading_type"], "bf_cache");
    assert_eq!(second["date"], ORIGIN as u64 + 70_000);
    assert_eq!(second["view"]["action"]["count"], 1);
    assert_eq!(page.only("action")["view"]["in_foreground"], true);
    let states = json!([
        { "state": "hidden", "start": -60_000_000_000_i64 },
        { "state": "active", "start": 0 },
        { "state": "hidden", "start": 1_000_000_000 },
    ]);
    assert_eq!(second["_dd"]["page_states"], states);
    assert_eq!(first["_dd"]["page_states"][1]["state"], "hidden");
}

/// `viewMetrics/trackBfcacheMetrics`
#[test]
fn a_restored_page_has_its_first_frame_as_its_paints() {
    let mut page = Page::load();
    page.at(SECOND).observe([fcp(700.0), lcp(900.0, 5_000.0)]);
    page.at(10.0 * SECOND).hide().sleep(MINUTE).restore().wait(34.0);
    page.observe([fcp(70_034.0)]).wait(SECOND).hide();
    let [first, second] = page.views()[..] else { panic!() };
    assert_eq!(millis(first, "/view/first_contentful_paint"), Some(700.0));
    assert_eq!(millis(first, "/view/largest_contentful_paint"), Some(900.0));
    assert_eq!(millis(second, "/view/first_contentful_paint"), Some(34.0));
    assert_eq!(millis(second, "/view/largest_contentful_paint"), Some(34.0));
    let performance = &second["view"]["performance"];
    assert_eq!(performance["lcp"], json!({ "timestamp": 34_000_000 }));
    assert_eq!(performance["fcp"], json!({ "timestamp": 34_000_000 }));
}

/// In Chromium the `pageshow` event comes after `resume` and `visibilitychange`, with a time before.
#[test]
fn a_restored_page_is_not_hidden_though_the_browser_says_later_that_it_is_visible() {
    let mut page = Page::load();
    page.at(10.0 * SECOND).hide().sleep(MINUTE).resume().sleep(1.0).show().sleep(1.0);
    page.restore_at(70_000.0 - 10.0).change().wait(40.0).observe([fcp(70_020.0)]).wait(SECOND);
    page.hide();
    let states = &page.views()[0]["_dd"]["page_states"];
    assert_eq!(states[2], json!({ "state": "active", "start": 70_001_000_000_u64 }));
    let view = page.view();
    assert_eq!(millis(view, "/view/first_contentful_paint"), Some(30.0));
    assert_eq!(millis(view, "/view/loading_time"), Some(12.0));
    let states = &view["_dd"]["page_states"];
    assert_eq!(states[0], json!({ "state": "hidden", "start": -59_990_000_000_i64 }));
    assert_eq!(states[1], json!({ "state": "active", "start": 11_000_000 }));
}

#[test]
fn a_restored_page_that_was_hidden_before_its_first_frame_was_seen_by_nobody() {
    let mut page = Page::load();
    page.at(10.0 * SECOND).hide().sleep(MINUTE).restore().wait(10.0).hide();
    page.wait(MINUTE).show().observe([fcp(130_020.0)]).wait(SECOND).hide();
    assert_eq!(page.view()["view"]["loading_type"], "bf_cache");
    assert_eq!(millis(page.view(), "/view/first_contentful_paint"), None);
}

/// `contexts/internalContext`: an empty list where there is none.
#[test]
fn other_sdks_can_ask_which_actions_are_under_way() {
    let call = |key| ferrum::action::Call { key, name: key, ..Default::default() };
    let mut page = Page::load();
    page.at(SECOND).call(Call::StartAction(call("upload"))).wait(SECOND);
    page.call(Call::StopAction(call("upload"))).wait(SECOND).hide();
    let actions_at = |at: f64| {
        let text = page.rum().internal_context(Some(crate::entries::ms(at)));
        serde_json::from_str::<Value>(&text).unwrap()["user_action"]["id"].clone()
    };
    let upload = &page.only("action")["action"]["id"];
    assert_eq!(actions_at(999.0), json!([]));
    assert_eq!(actions_at(1_000.0), json!([upload]));
    assert_eq!(actions_at(2_001.0), json!([]));
}

/// The browser has them long before the page names its first view.
#[test]
fn the_first_view_that_a_page_starts_itself_has_the_vitals_of_its_document() {
    let mut page = Page::set_up().config(|config| config.track_views_manually = true).load();
    page.at(2.0 * SECOND).start_view("Home").observe([navigation(0.0, 180.0), fcp(700.0)]);
    page.observe([lcp(900.0, 5_000.0)]).wait(SECOND).start_view("Cart").wait(SECOND).hide();
    let view = &page.views()[0]["view"];
    let of = |name: &str| view[name].as_u64().map(|nanos| nanos as f64 / 1e6);
    assert_eq!(of("first_byte"), Some(180.0));
    assert_eq!(of("load_event"), Some(1_180.0));
    assert_eq!(of("loading_time"), Some(1_180.0));
    assert_eq!(of("first_contentful_paint"), Some(700.0));
    assert_eq!(of("largest_contentful_paint"), Some(900.0));
    assert_eq!(view["cumulative_layout_shift"], 0);
}

#[test]
fn other_sdks_can_ask_which_view_it_is() {
    let mut page = Page::load();
    page.at(2.0 * SECOND).start_view("Cart").wait(SECOND);
    let context = |page: &Page, at: Option<f64>| -> Option<Value> {
        let text = page.rum().internal_context(at.map(crate::entries::ms));
        (!text.is_empty()).then(|| serde_json::from_str(&text).unwrap())
    };
    let now = context(&page, None).unwrap();
    assert_eq!(now["session_id"], *page.session().unwrap());
    assert_eq!(now["view"]["name"], "Cart");
    let earlier = context(&page, Some(1_999.0)).unwrap();
    assert_ne!(earlier["view"]["id"], now["view"]["id"]);
    assert_eq!(now["user_action"], json!({ "id": [] }));
    assert!(context(&page, Some(0.0)).is_some());
    assert_eq!(context(&page, Some(-1.0)), None, "there was no page");
    page.set_consent(false);
    assert_eq!(context(&page, None), None);
}

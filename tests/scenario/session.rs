//! Sessions over hours, tabs and refusals. Rules and numbers: `@datadog/browser-core` 7.16,
//! `domain/session/sessionManager` and `sessionConstants` (15 minutes without activity, 4 hours at
//! most, kept alive every minute by a visible page, nothing sent after 12 hours).

use ferrum::assembly::Context;
use ferrum::id::Uuid;
use ferrum::page::{Call, ViewOptions};
use ferrum::session::is_sampled;
use serde_json::{Value, json};

use crate::entries::resource;
use crate::intake::context;
use crate::page::{HOUR, MINUTE, ORIGIN, Page, SECOND, error};

const ID: &str = "171787ce-8bad-4b17-a196-700640722e42";
const USER: &str = "b8b47727-07ee-4f8f-b494-01e8fd66e6aa";

/// What another tab stores that began its session at this time, and whose user was there then.
fn cookie(id: &str, at: f64) -> String {
    let now = ORIGIN + at;
    let expire = now + 15.0 * MINUTE;
    format!("aid={USER}&id={id}&created={now}&expire={expire}")
}

fn sessions(page: &Page) -> Vec<&Value> {
    page.views().iter().map(|view| &view["session"]["id"]).collect()
}

#[test]
fn a_first_visit_begins_a_session_and_keeps_it_in_the_cookie() {
    let mut page = Page::load();
    page.at(SECOND).add_action("x").hide();
    let id = page.session().unwrap();
    assert_eq!(page.in_cookie("created").unwrap(), ORIGIN.to_string());
    assert_eq!(page.in_cookie("expire").unwrap(), (ORIGIN + 15.0 * MINUTE).to_string());
    assert!(page.intake.events().all(|event| event["session"]["id"] == *id));
    assert!(page.intake.events().all(|event| event["session"]["type"] == "user"));
}

#[test]
fn another_page_of_the_visit_goes_on_with_the_session() {
    let mut page = Page::set_up().cookie(&cookie(ID, -10.0 * MINUTE)).load();
    page.at(SECOND).hide();
    assert_eq!(sessions(&page), [ID]);
    assert_eq!(page.view()["usr"]["anonymous_id"], USER);
    assert_eq!(page.in_cookie("expire").unwrap(), (ORIGIN + 15.0 * MINUTE).to_string());
}

#[test]
fn a_visit_after_the_session_expired_begins_another_for_the_same_user() {
    for stale in [cookie(ID, -15.0 * MINUTE), format!("isExpired=1&aid={USER}&c=0")] {
        let mut page = Page::set_up().cookie(&stale).load();
        page.at(SECOND).hide();
        assert_ne!(sessions(&page), [ID]);
        assert_eq!(page.view()["usr"]["anonymous_id"], USER);
    }
}

/// A page that nobody sees: a visible one keeps its session alive.
fn hidden() -> Page {
    let mut page = Page::load();
    page.hide();
    page
}

#[test]
fn fifteen_minutes_without_activity_end_the_session() {
    let mut page = hidden();
    page.at(15.0 * MINUTE - 1.0);
    assert_ne!(page.view()["view"]["is_active"], false);
    page.at(15.0 * MINUTE);
    let view = page.view();
    assert_eq!(view["view"]["is_active"], false);
    assert_eq!(view["session"]["is_active"], false);
    assert_eq!(view["view"]["time_spent"], 15 * 60 * 1_000_000_000_u64);
}

#[test]
fn a_session_that_expired_is_stored_as_such() {
    let mut page = Page::set_up().cookie(&cookie(ID, 0.0)).load();
    page.hide().at(15.0 * MINUTE);
    assert_eq!(page.cookie, format!("isExpired=1&aid={USER}"));
}

#[test]
fn what_was_collected_leaves_when_the_session_ends() {
    let mut page = hidden();
    page.at(15.0 * MINUTE - SECOND).add_error("last").wait(SECOND);
    let beacon = page.intake.beacons.last().unwrap();
    assert_eq!(beacon.at, 15.0 * MINUTE);
    assert_eq!(beacon.events[0]["type"], "error");
    assert_eq!(page.deadline(), None, "nothing is left to wait for");
}

#[test]
fn activity_keeps_the_session_alive() {
    let mut page = hidden();
    page.at(14.0 * MINUTE).scroll();
    page.at(29.0 * MINUTE - 1.0);
    assert_ne!(page.view()["view"]["is_active"], false);
    page.at(29.0 * MINUTE);
    assert_eq!(page.view()["view"]["is_active"], false);
}

#[test]
fn a_page_that_is_seen_keeps_its_session_alive_every_minute() {
    let mut page = Page::load();
    page.at(MINUTE - 1.0);
    assert_eq!(page.in_cookie("expire").unwrap(), (ORIGIN + 15.0 * MINUTE).to_string());
    page.at(MINUTE);
    assert_eq!(page.in_cookie("expire").unwrap(), (ORIGIN + 16.0 * MINUTE).to_string());
    page.at(HOUR).hide();
    assert_eq!(page.views().len(), 1);
    assert_eq!(page.in_cookie("expire").unwrap(), (ORIGIN + 75.0 * MINUTE).to_string());
}

#[test]
fn a_page_that_is_shown_again_keeps_its_session_alive_at_once() {
    let mut page = hidden();
    page.at(14.0 * MINUTE).show();
    assert_eq!(page.in_cookie("expire").unwrap(), (ORIGIN + 29.0 * MINUTE).to_string());
}

#[test]
fn a_page_that_is_shown_after_its_session_expired_does_not_begin_another() {
    let mut page = hidden();
    page.sleep(HOUR).show().wait(5.0 * MINUTE);
    assert_eq!(page.view()["session"]["is_active"], false);
    assert_eq!(page.session(), None);
    assert_eq!(page.views().len(), 1);
}

#[test]
fn four_hours_end_the_session_of_a_page_that_is_only_seen() {
    let mut page = Page::load();
    page.at(5.0 * HOUR);
    assert_eq!(page.view()["session"]["is_active"], false);
    assert_eq!(page.view()["view"]["time_spent"], 4 * 3_600 * 1_000_000_000_u64);
}

#[test]
fn four_hours_end_the_session_however_active() {
    let mut page = Page::load();
    for _ in 0..4 * 60 + 5 {
        page.wait(MINUTE).scroll();
    }
    page.wait(SECOND).hide();
    let [old, new] = page.views()[..] else { panic!() };
    assert_eq!(old["view"]["time_spent"], 4 * 3_600 * 1_000_000_000_u64);
    assert_eq!(old["session"]["is_active"], false);
    assert_eq!(new["view"]["loading_type"], "session_renewal");
}

#[test]
fn nothing_is_collected_between_two_sessions() {
    let mut page = hidden();
    page.at(15.0 * MINUTE);
    let before = page.intake.events().count();
    page.add_action("at its very end")
        .wait(MINUTE)
        .add_action("x")
        .add_error("y")
        .add_timing("z", None);
    page.observe([resource("https://shop.example/poll", 16.0 * MINUTE)]);
    page.go_to("https://shop.example/elsewhere").start_view("Elsewhere").restore();
    page.wait(HOUR).hide().show().hide();
    assert_eq!(page.intake.events().count(), before);
}

#[test]
fn the_user_who_comes_back_finds_the_old_view_in_a_new_session() {
    let mut page = Page::load();
    let options =
        ViewOptions { name: "Cart", service: "cart-web", version: "2.0", context: r#"{"step":2}"# };
    page.at(SECOND).call(Call::StartView { options, url: "" });
    page.add_flag("checkout", &json!("b")).hide().at(15.0 * MINUTE);
    let old = page.session();
    page.wait(4.0 * MINUTE).click().wait(SECOND).hide();
    let [.., before, view] = page.views()[..] else { panic!() };
    assert_ne!(page.session(), old);
    assert_eq!(view["session"]["id"], *page.session().unwrap());
    assert_eq!(view["session"].get("is_active"), None);
    assert_eq!(view["view"]["loading_type"], "session_renewal");
    assert_eq!(view["view"]["name"], "Cart");
    assert_eq!(view["view"]["referrer"], before["view"]["url"]);
    assert_eq!(view["service"], "cart-web");
    assert_eq!(view["version"], "2.0");
    assert_eq!(context(view), json!({ "step": 2 }));
    assert_eq!(view["date"], (ORIGIN + 19.0 * MINUTE) as u64);
    assert_eq!(view.get("feature_flags"), None);
    assert_eq!(view["usr"], before["usr"]);
}

#[test]
fn the_old_view_is_found_however_long_the_user_was_away() {
    let mut page = Page::load();
    page.at(SECOND).start_view("Cart").wait(MINUTE).hide().wait(2.0 * HOUR);
    page.show().focus(true).wait(SECOND).click().hide();
    let [.., before, view] = page.views()[..] else { panic!() };
    assert_eq!(view["view"]["loading_type"], "session_renewal");
    assert_eq!(view["view"]["name"], "Cart");
    assert_eq!(view["view"]["referrer"], before["view"]["url"]);
}

#[test]
fn a_machine_that_slept_finds_its_session_expired() {
    let mut page = Page::load();
    let old = page.session();
    page.at(MINUTE).sleep(2.0 * HOUR).wait(0.0);
    assert_eq!(page.view()["session"]["is_active"], false);
    page.click().wait(SECOND).hide();
    assert_eq!(page.views().len(), 2);
    assert_ne!(page.session(), old);
}

#[test]
fn the_first_activity_after_a_sleep_renews_the_session_even_if_no_timer_ran() {
    let mut page = Page::load();
    page.at(MINUTE).sleep(2.0 * HOUR).click().wait(SECOND).hide();
    let [old, new] = page.views()[..] else { panic!() };
    assert_eq!(old["session"]["is_active"], false);
    assert_eq!(new["view"]["loading_type"], "session_renewal");
}

#[test]
fn activity_in_another_tab_keeps_the_session_alive() {
    let mut page = Page::set_up().cookie(&cookie(ID, 0.0)).load();
    page.hide().at(10.0 * MINUTE);
    page.cookie = page
        .cookie
        .replace(&(ORIGIN + 15.0 * MINUTE).to_string(), &(ORIGIN + 25.0 * MINUTE).to_string());
    page.at(25.0 * MINUTE - 1.0);
    assert_ne!(page.view()["view"]["is_active"], false);
    page.at(25.0 * MINUTE);
    assert_eq!(page.view()["view"]["is_active"], false);
}

/// A tab does not adopt another tab's session until its own user is there (§4.3).
#[test]
fn the_session_of_another_tab_is_joined_with_the_first_activity_only() {
    let mut page = hidden();
    page.at(15.0 * MINUTE);
    page.cookie = cookie(ID, 15.0 * MINUTE);
    let stored = page.cookie.clone();
    page.wait(MINUTE).add_action("unseen");
    assert_eq!(page.cookie, stored, "the other tab's session is left alone");
    page.click().wait(SECOND).hide();
    assert_eq!(page.view()["session"]["id"], ID);
    assert_eq!(page.view()["view"]["loading_type"], "session_renewal");
    assert_eq!(page.in_cookie("created").unwrap(), (ORIGIN + 15.0 * MINUTE).to_string());
    assert_eq!(page.sent("action").len(), 0);
}

/// The cookie holds one session: whoever wrote another one has ended this page's.
#[test]
fn a_session_that_another_tab_replaced_ends_and_the_other_is_not_joined_yet() {
    let mut page = Page::load();
    page.at(MINUTE);
    page.cookie = cookie(ID, MINUTE);
    page.wait(5.0 * MINUTE);
    assert_eq!(page.view()["session"]["is_active"], false);
    page.add_action("unseen").wait(MINUTE).click().wait(SECOND).hide();
    assert_eq!(page.view()["session"]["id"], ID);
    assert_eq!(page.sent("action").len(), 0);
}

#[test]
fn a_session_that_another_tab_ended_ends_here_too() {
    let mut page = Page::load();
    page.at(MINUTE);
    page.cookie = format!("isExpired=1&aid={USER}&c=0");
    page.notice_session();
    assert_eq!(page.view()["session"]["is_active"], false);
    assert_eq!(page.cookie, format!("isExpired=1&aid={USER}&c=0"), "the store is left alone");
}

/// Where browsers tell of no change: theirs polls every second (§4.3), ours looks whenever it has
/// something to do, a visible page once a minute at least.
#[test]
fn a_session_that_another_tab_ended_unnoticed_ends_within_a_minute() {
    let mut page = Page::load();
    page.at(MINUTE);
    page.cookie = format!("isExpired=1&aid={USER}&c=0");
    page.wait(MINUTE);
    assert_eq!(page.view()["session"]["is_active"], false);
}

#[test]
fn a_session_that_another_tab_ended_with_the_consent_ends_here_too() {
    let mut page = Page::load();
    page.at(MINUTE);
    page.cookie = "isExpired=1&c=0".into();
    page.wait(5.0 * MINUTE);
    assert_eq!(page.view()["session"]["is_active"], false);
}

/// Whoever deleted it will have had a reason: a content blocker, or a banner (§4.3).
#[test]
fn a_session_that_somebody_deleted_ends_and_none_follows_it() {
    let mut page = Page::load();
    page.at(MINUTE).cookie.clear();
    page.notice_session();
    assert_eq!(page.view()["session"]["is_active"], false);
    page.click().show().wait(HOUR).click().wait(SECOND).hide();
    assert_eq!(page.cookie, "");
    assert_eq!(page.views().len(), 1);
}

#[test]
fn a_page_that_resumes_begins_a_session_again_where_somebody_deleted_it() {
    let mut page = Page::load();
    page.at(MINUTE).cookie.clear();
    page.click().resume();
    assert!(page.cookie.starts_with("isExpired=1&aid="));
    page.wait(SECOND).click().wait(SECOND).hide();
    assert_eq!(page.view()["view"]["loading_type"], "session_renewal");
    assert_eq!(page.view()["session"]["id"], *page.session().unwrap());
}

#[test]
fn a_page_that_resumes_goes_on_with_its_session() {
    let mut page = Page::load();
    let before = page.cookie.clone();
    page.at(SECOND).resume();
    assert_eq!(page.cookie, before);
}

#[test]
fn a_session_that_the_page_stops_ends_until_the_user_does_something() {
    let mut page = Page::set_up().cookie(&cookie(ID, 0.0)).load();
    page.at(MINUTE).stop_session();
    assert_eq!(page.cookie, format!("isExpired=1&aid={USER}"));
    assert_eq!(page.view()["session"]["is_active"], false);
    page.add_action("unseen").wait(5.0 * MINUTE).click().add_action("seen").wait(SECOND).hide();
    assert_ne!(page.view()["session"]["id"], ID);
    assert_eq!(page.view()["view"]["loading_type"], "session_renewal");
    assert_eq!(page.view()["usr"]["anonymous_id"], USER);
    assert_eq!(page.only("action")["action"]["target"]["name"], "seen");
}

/// Activity is looked at after the page has dealt with it, theirs before.
#[test]
fn the_click_that_stops_the_session_does_not_begin_another() {
    let mut page = Page::load();
    page.at(MINUTE).stop_session().wait(1.0).active_at(MINUTE - 2.0);
    assert_eq!(page.session(), None);
    page.active_at(MINUTE + 1.0);
    assert!(page.session().is_some());
}

/// Theirs reads and writes the cookie in two steps (§4.3).
#[test]
fn a_stopped_session_that_another_sdk_writes_back_stays_stopped() {
    let mut page = Page::load();
    page.at(MINUTE);
    let stale = page.cookie.clone();
    page.stop_session().cookie = stale;
    page.notice_session();
    assert_eq!(page.session(), None);
}

/// §4.3: what is older might begin the session again at the backend. A machine slept meanwhile.
#[test]
fn nothing_is_sent_of_a_session_that_began_over_twelve_hours_ago() {
    for (asleep, sent) in [(12.0 * HOUR - MINUTE, 3), (12.0 * HOUR - MINUTE + 1.0, 2)] {
        let mut page = Page::load();
        page.at(MINUTE).hide().sleep(asleep).wait(0.0);
        assert_eq!(page.intake.events().count(), sent);
    }
}

#[test]
fn text_that_is_no_session_is_replaced() {
    let mut page = Page::set_up().cookie("nonsense").load();
    page.at(SECOND).hide();
    assert_eq!(page.view()["session"]["id"], *page.session().unwrap());
}

#[test]
fn a_session_out_of_the_sample_sends_nothing_but_is_kept() {
    let mut page = Page::set_up().config(|config| config.session_sample_rate = 0.0).load();
    assert_eq!(page.rum().internal_context(None), "", "nor is it told to other SDKs");
    page.at(SECOND).add_action("x").add_error("y").go_to("https://shop.example/cart");
    page.observe([resource("https://shop.example/app.js", 200.0)]);
    page.at(HOUR).click().wait(SECOND).hide().unload();
    assert_eq!(page.intake.beacons.len(), 0);
    assert!(page.session().is_some());
}

/// The reference's own vector: this id hashes to 20.8325 % (§4.4).
#[test]
fn sessions_are_sampled_by_the_hash_of_the_official_sdk() {
    for (rate, sent) in [(20.8, 0), (20.9, 1)] {
        let cookie = cookie("cacbf45c-3a05-48ce-b066-d76349460599", 0.0);
        let mut page = Page::set_up()
            .cookie(&cookie)
            .config(|config| config.session_sample_rate = rate)
            .load();
        page.at(SECOND).hide();
        assert_eq!(page.views().len(), sent, "{rate}");
    }
}

#[test]
fn every_session_is_sampled_by_itself() {
    let mut page = Page::set_up().config(|config| config.session_sample_rate = 50.0).load();
    let mut all = vec![page.session().unwrap()];
    for _ in 0..20 {
        page.hide().wait(20.0 * MINUTE).show().click();
        all.push(page.session().unwrap());
    }
    page.hide();
    let is_in = |id: &&String| is_sampled(Uuid::parse(id).unwrap(), 50.0);
    let sampled: Vec<&String> = all.iter().filter(is_in).collect();
    assert!((1..20).contains(&sampled.len()));
    assert_eq!(sessions(&page), sampled);
}

#[test]
fn without_anonymous_users_nobody_has_an_id() {
    let mut page = Page::set_up().config(|config| config.track_anonymous_user = false).load();
    page.at(SECOND).context(Context::User, &json!({ "id": "u-1" })).hide();
    assert_eq!(page.view()["usr"], json!({ "id": "u-1" }));
    assert_eq!(page.in_cookie("aid"), None);
}

#[test]
fn the_anonymous_id_of_others_is_not_sent() {
    let mut page = Page::set_up()
        .cookie(&cookie(ID, 0.0))
        .config(|config| config.track_anonymous_user = false)
        .load();
    page.at(SECOND).hide();
    assert_eq!(page.view().get("usr"), None);
}

#[test]
fn who_withdraws_the_consent_is_forgotten_and_left_alone() {
    let mut page = Page::load();
    page.at(SECOND).add_action("with consent").wait(SECOND).set_consent(false);
    assert_eq!(page.cookie, "isExpired=1");
    assert_eq!(page.view()["session"]["is_active"], false);
    let before = page.intake.events().count();
    page.add_action("a").add_error("b").add_flag("c", &json!(1)).start_view("d");
    page.click().go_to("https://shop.example/cart").restore();
    page.wait(HOUR).click().hide().unload();
    assert_eq!(page.intake.events().count(), before);
    assert_eq!(page.cookie, "isExpired=1");
}

#[test]
fn a_call_that_waited_until_the_consent_was_withdrawn_is_dropped() {
    let mut page = Page::load();
    page.at(2.0 * SECOND).set_consent(false);
    page.replay(SECOND, Call::AddAction { name: "x", context: "", token: 0 });
    page.replay(SECOND, error("{}")).wait(MINUTE).hide();
    assert_eq!(page.waiting_errors(), 0);
    assert_eq!(page.sent("action").len() + page.sent("error").len(), 0);
}

#[test]
fn nothing_leaves_once_the_consent_is_withdrawn() {
    let mut page = Page::load();
    page.at(2.0 * SECOND).set_consent(false);
    let before = page.intake.events().count();
    page.wait(SECOND).observe([resource("https://shop.example/app.js", 1_900.0)]);
    page.wait(MINUTE).hide();
    assert_eq!(page.intake.events().count(), before);
}

#[test]
fn who_grants_the_consent_again_is_somebody_new() {
    let mut page = Page::load();
    page.at(SECOND).set_consent(false);
    page.wait(MINUTE).go_to("https://shop.example/cart").set_consent(true);
    page.wait(SECOND).add_action("back").hide();
    let [before, after] = page.views()[..] else { panic!() };
    assert_ne!(before["session"]["id"], after["session"]["id"]);
    assert_ne!(before["usr"]["anonymous_id"], after["usr"]["anonymous_id"]);
    assert_eq!(after["view"]["url"], "https://shop.example/cart");
    assert_eq!(page.only("action")["view"]["id"], after["view"]["id"]);
    assert_eq!(after["session"]["id"], *page.session().unwrap());
}

#[test]
fn who_grants_the_consent_again_joins_the_session_of_another_tab() {
    let mut page = Page::load();
    page.at(SECOND).set_consent(false);
    page.cookie = cookie(ID, 0.0);
    page.wait(SECOND).set_consent(true);
    assert_eq!(page.session().as_deref(), Some(ID));
}

#[test]
fn who_says_the_same_again_changes_nothing() {
    let mut page = Page::load();
    let id = page.session();
    page.at(SECOND).set_consent(true).hide();
    assert_eq!(page.session(), id);
    assert_eq!(page.views().len(), 1);
}

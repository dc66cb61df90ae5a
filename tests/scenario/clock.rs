//! Two clocks: the page's runs evenly, the wall's is set by people and networks. Rules:
//! `@datadog/browser-core` 7.16.

use crate::intake::millis;
use crate::page::{HOUR, MINUTE, ORIGIN, Page, SECOND};

#[test]
fn clocks_that_agree_do_not_drift() {
    let mut page = Page::load();
    page.at(SECOND).hide();
    assert_eq!(page.view()["_dd"]["drift"], 0);
}

/// A machine that slept stops `performance.now()` in some browsers.
#[test]
fn dates_follow_a_wall_clock_that_ran_ahead() {
    let mut page = Page::load();
    page.at(SECOND).set_clock(65_000.4).add_action("x").hide();
    let action = page.only("action");
    assert_eq!(action["date"], ORIGIN as u64 + 66_000);
    assert_eq!(action["_dd"]["drift"], 65_000);
    assert_eq!(page.view()["date"], ORIGIN as u64, "the date of a view is that of its start");
}

#[test]
fn dates_do_not_follow_a_wall_clock_that_was_set_back() {
    let mut page = Page::load();
    page.at(SECOND).set_clock(-HOUR).add_action("x").hide();
    let action = page.only("action");
    assert_eq!(action["date"], ORIGIN as u64 + 1_000);
    assert_eq!(action["_dd"]["drift"], -HOUR);
}

#[test]
fn a_wall_clock_that_jumps_leaves_the_time_spent_alone() {
    let mut page = Page::load();
    for skew in [MINUTE, -MINUTE, 3.0 * MINUTE, 0.0] {
        page.wait(SECOND).set_clock(skew).add_action("x");
    }
    page.wait(SECOND).hide();
    assert_eq!(millis(page.view(), "/view/time_spent"), Some(5.0 * SECOND));
    let dates: Vec<u64> =
        page.sent("action").iter().map(|event| event["date"].as_u64().unwrap()).collect();
    let expected = [61.0, 2.0, 183.0, 4.0].map(|seconds| (ORIGIN + seconds * SECOND) as u64);
    assert_eq!(dates, expected);
}

#[test]
fn a_timing_given_as_a_date_is_read_from_the_wall_clock_of_that_moment() {
    let mut page = Page::load();
    page.at(SECOND).set_clock(MINUTE);
    page.at(2.0 * SECOND).add_timing("ready", Some(ORIGIN + MINUTE + 1_500.0)).hide();
    assert_eq!(page.view()["view"]["custom_timings"]["ready"], 1_500_000_000);
}

#[test]
fn a_wall_clock_set_ahead_ends_the_session_by_its_own_reading() {
    let mut page = Page::load();
    page.at(SECOND).set_clock(HOUR).add_action("x").wait(0.0);
    assert_eq!(page.view()["session"]["is_active"], false);
}

#[test]
fn a_wall_clock_set_back_keeps_no_timer_busy() {
    let mut page = Page::load();
    page.at(MINUTE).set_clock(-HOUR).scroll();
    page.wait(14.0 * MINUTE).hide();
    assert!(page.wakes < 20, "{} wakes", page.wakes);
    page.wait(5.0 * MINUTE);
}

#[test]
fn a_wall_clock_that_is_a_little_slow_keeps_no_timer_busy() {
    let mut page = Page::load();
    page.at(MINUTE).set_clock(-5.0);
    page.wait(5.0 * MINUTE).hide().wait(20.0 * MINUTE);
    assert_eq!(page.view()["session"]["is_active"], false);
}

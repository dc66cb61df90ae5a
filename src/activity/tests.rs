//! Rules: `@datadog/browser-rum-core` 7.16, `domain/waitPageActivityEnd`.

use super::*;

fn at(millis: f64) -> RelativeTime {
    RelativeTime::from_millis(millis)
}

/// A wait from 1 s on.
fn wait() -> Wait {
    Wait::start(at(1_000.0))
}

fn after(signals: &[(Activity, f64)]) -> Wait {
    let mut wait = wait();
    for (activity, millis) in signals {
        wait.on_activity(*activity, at(*millis));
    }
    wait
}

/// `PAGE_ACTIVITY_VALIDATION_DELAY`
#[test]
fn nothing_within_100_ms_is_no_activity() {
    assert_eq!(wait().deadline(), at(1_100.0));
    assert_eq!(wait().poll(at(1_099.0)), None);
    assert_eq!(wait().poll(at(1_100.0)), Some(End::NoActivity));
}

/// `PAGE_ACTIVITY_END_DELAY`
#[test]
fn activity_ends_with_the_last_one_before_100_ms_of_rest() {
    let wait = after(&[(Activity::Change, 1_050.0), (Activity::Change, 1_149.0)]);
    assert_eq!(wait.deadline(), at(1_249.0));
    assert_eq!(wait.poll(at(1_248.0)), None);
    assert_eq!(wait.poll(at(9_999.0)), Some(End::Idle(at(1_149.0))));
}

#[test]
fn a_pending_request_is_activity_however_long_it_takes() {
    let mut wait = after(&[(Activity::RequestStart(7), 1_010.0), (Activity::Change, 1_020.0)]);
    assert_eq!((wait.deadline(), wait.poll(at(60_000.0))), (RelativeTime::NEVER, None));
    wait.on_activity(Activity::RequestEnd(7), at(5_000.0));
    assert_eq!(wait.poll(at(5_100.0)), Some(End::Idle(at(5_000.0))));
}

#[test]
fn all_requests_must_be_over() {
    let both = [(Activity::RequestStart(7), 1_010.0), (Activity::RequestStart(8), 1_020.0)];
    let mut wait = after(&both);
    wait.on_activity(Activity::RequestEnd(8), at(1_030.0));
    assert_eq!(wait.poll(at(60_000.0)), None);
}

#[test]
fn a_request_from_before_the_wait_does_not_count() {
    let mut wait = wait();
    wait.on_activity(Activity::RequestEnd(3), at(1_010.0));
    assert!(!wait.had_activity());
    assert_eq!(wait.poll(at(1_100.0)), Some(End::NoActivity));
    wait.on_activity(Activity::RequestStart(5), at(1_020.0));
    wait.on_activity(Activity::RequestEnd(4), at(1_090.0));
    assert_eq!(wait.poll(at(60_000.0)), None);
    wait.on_activity(Activity::RequestEnd(5), at(1_095.0));
    assert_eq!(wait.poll(at(1_195.0)), Some(End::Idle(at(1_095.0))));
}

/// A handler that blocks: no timer could fire before its mutation.
#[test]
fn activity_counts_until_a_timer_says_otherwise() {
    let wait = after(&[(Activity::Change, 1_400.0)]);
    assert_eq!(wait.poll(at(1_450.0)), None);
    assert_eq!(wait.poll(at(1_500.0)), Some(End::Idle(at(1_400.0))));
}

/// Unlike the official SDK, whose views wait for ever.
#[test]
fn a_page_that_never_rests_ends_at_the_bound() {
    let mut wait = wait().bound(at(1_000.0) + LOADING_BOUND);
    for step in 1..400 {
        wait.on_activity(Activity::Change, at(1_000.0 + 50.0 * f64::from(step)));
    }
    assert_eq!(wait.poll(at(10_999.0)), None);
    assert_eq!(wait.poll(at(21_000.0)), Some(End::Bounded(at(11_000.0))));
}

#[test]
fn rest_before_the_bound_is_rest_even_if_the_timer_is_late() {
    let wait = after(&[(Activity::Change, 1_010.0)]).bound(at(1_110.0));
    assert_eq!(wait.poll(at(20_000.0)), Some(End::Idle(at(1_010.0))));
    let wait = wait.bound(at(1_109.0));
    assert_eq!(wait.poll(at(20_000.0)), Some(End::Bounded(at(1_109.0))));
}

#[test]
fn who_asks_early_learns_what_was_seen() {
    assert_eq!(wait().interrupt(at(1_050.0)), End::Interrupted(None));
    let mut wait = after(&[(Activity::Change, 1_010.0)]);
    assert_eq!(wait.interrupt(at(1_050.0)), End::Interrupted(Some(at(1_010.0))));
    wait.on_activity(Activity::RequestStart(1), at(1_020.0));
    assert_eq!(wait.interrupt(at(1_050.0)), End::Interrupted(Some(at(1_050.0))));
}

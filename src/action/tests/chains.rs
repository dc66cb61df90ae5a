//! Clicks that follow one another.

use super::*;

/// `MAX_DURATION_BETWEEN_CLICKS`
#[test]
fn a_click_is_reported_when_no_other_has_joined_it_for_a_second() {
    let mut page = Page::new();
    page.at(1_000.0).click();
    assert!(page.at(1_999.0).actions.take_finished().is_empty());
    assert_eq!(page.at(2_000.0).actions.take_finished().len(), 1);
    assert_eq!(page.actions.deadline(), None);
}

/// `MIN_CLICKS_PER_SECOND_TO_CONSIDER_RAGE`: 3 within `ONE_SECOND`.
#[test]
fn three_clicks_within_a_second_are_one_action() {
    let mut page = Page::new();
    let ids = page.clicks(&[0.0, 400.0, 1_000.0]);
    page.at(1_010.0).change();
    let action = page.only();
    assert_eq!((action.id, action.start), (ids[0], at(0.0)));
    // As there: until it is known that no other click joins.
    assert_eq!(millis(&action), Some(2_000.0));
    assert_eq!(action.frustrations, ["rage_click", "dead_click"]);
}

#[test]
fn three_clicks_in_more_than_a_second_are_three_actions() {
    let mut page = Page::new();
    let ids = page.clicks(&[0.0, 400.0, 1_001.0]);
    let finished = page.finished();
    assert_eq!(finished.iter().map(|action| action.id).collect::<Vec<_>>(), ids);
    assert_eq!(frustrations(&finished), [["dead_click"]; 3]);
}

#[test]
fn three_fast_clicks_anywhere_in_a_chain_are_rage() {
    let mut page = Page::new();
    page.clicks(&[0.0, 900.0, 1_800.0, 2_100.0, 2_400.0, 3_300.0]);
    assert_eq!(page.only().frustrations[0], "rage_click");
}

#[test]
fn clicks_are_no_rage_if_the_user_selected_or_scrolled_or_if_it_is_ignored() {
    for (seen, ignored) in [(SELECTION, 0), (SCROLL, 0), (0, 1)] {
        let mut page = Page::new();
        page.clicks(&[0.0, 200.0]);
        page.describe("", ignored).sees(seen).clicks(&[400.0]);
        assert_eq!(page.finished().len(), 3, "{seen} {ignored}");
    }
}

#[test]
fn a_double_click_that_selects_a_word_is_not_dead() {
    let mut page = Page::new();
    page.clicks(&[0.0, 200.0]);
    page.sees(SELECTION);
    assert!(frustrations(&page.finished()).concat().is_empty());
}

/// `MAX_DISTANCE_BETWEEN_CLICKS`
#[test]
fn clicks_more_than_100_px_apart_are_no_chain() {
    for (distance, count) in [(100.0, 1), (101.0, 3)] {
        let mut page = Page::new();
        for index in 0..3_u32 {
            page.at(100.0 * f64::from(index)).down().up(1, distance * f64::from(index));
        }
        assert_eq!(page.finished().len(), count, "{distance}");
    }
}

#[test]
fn clicks_on_different_targets_are_no_chain() {
    let mut page = Page::new();
    for (time, target) in [(0.0, 1), (100.0, 2), (200.0, 1)] {
        page.at(time).down().up(target, 0.0);
    }
    assert_eq!(page.finished().len(), 3);
}

/// The official SDK subtracts the wrong way round: these would be one chain, hence one rage click,
/// when they are handled late. The time of the event counts, not that of its handling.
#[test]
fn clicks_more_than_a_second_apart_are_no_chain_even_if_timers_are_late() {
    let mut page = Page::new();
    page.now = 5_000.0;
    for time in [0.0, 1_001.0, 1_002.0, 1_003.0] {
        let id = page.down().ids.uuid();
        let press = Press { target: 1, x: 0.0, y: 0.0 };
        page.actions.on_pointer_up(press, id, at(time), at(5_000.0));
    }
    let starts: Vec<_> = page.finished().iter().map(|action| action.start).collect();
    assert_eq!(starts, [at(0.0), at(1_001.0)]);
}

#[test]
fn what_the_user_does_after_a_click_was_reported_is_not_that_of_an_older_one() {
    let mut page = Page::new();
    page.clicks(&[0.0, 100.0, 200.0]);
    page.actions.on_activity(Activity::RequestStart(1), at(210.0));
    page.at(300.0).down().up(2, 0.0);
    assert_eq!(page.at(2_000.0).actions.take_finished().len(), 1);
    page.sees(SCROLL).describe("other", 0);
    let action = page.only();
    assert_eq!((action.frustrations[0], action.name.as_str()), ("rage_click", ""));
}

#[test]
fn another_click_reports_the_one_before_at_once() {
    let mut page = Page::new();
    let first = page.at(0.0).click();
    page.at(300.0).down().up(2, 0.0);
    let finished = page.actions.take_finished();
    assert_eq!(finished.iter().map(|action| action.id).collect::<Vec<_>>(), [first]);
}

#[test]
fn rage_counts_all_that_happened_once() {
    let mut page = Page::new();
    page.clicks(&[0.0, 100.0, 200.0]);
    page.at(210.0).error();
    let action = page.only();
    assert_eq!(action.counts, Counts { error: 1, ..Counts::default() });
    assert_eq!(action.frustrations, ["rage_click", "dead_click", "error_click"]);
}

/// There the copy that may become the rage click gives its id, and is mostly thrown away.
#[test]
fn events_of_a_chain_carry_the_id_of_its_first_click() {
    let mut page = Page::new();
    let ids = page.clicks(&[0.0, 300.0, 600.0]);
    assert_eq!(page.ids_at(620.0), [ids[2], ids[0]]);
    page.only();
    assert_eq!(page.ids_at(620.0), [ids[0]]);
}

#[test]
fn a_double_click_is_two_actions_with_times_of_their_own() {
    let mut page = Page::new();
    let ids = page.clicks(&[0.0, 300.0]);
    page.at(310.0).change();
    assert_eq!(frustrations(&page.finished()), [&["dead_click"][..], &[]]);
    assert_eq!(page.ids_at(305.0), [ids[1]]);
    assert_eq!(page.ids_at(50.0), [ids[0]]);
}

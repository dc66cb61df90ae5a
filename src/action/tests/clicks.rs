//! One click: how long it takes, what it leads to, and what belongs to it.

use super::*;

#[test]
fn a_click_lasts_until_the_last_activity() {
    let mut page = Page::new();
    let id = page.at(1_000.0).click();
    page.describe("Buy", 0).at(1_040.0).change().at(1_130.0).change();
    let action = page.only();
    assert_eq!((action.id, action.start, millis(&action)), (id, at(1_000.0), Some(130.0)));
    assert_eq!((action.name.as_str(), action.r#type.as_str()), ("Buy", ""));
    assert_eq!(action.details, r#"{"name_source":"text_content"}"#);
    assert!(action.frustrations.is_empty());
}

#[test]
fn a_click_begins_at_the_time_of_its_event_and_waits_from_its_handling_on() {
    let mut page = Page::new();
    let press = Press { target: 1, x: 0.0, y: 0.0 };
    page.at(1_600.0).down();
    page.actions.on_pointer_up(press, Uuid::default(), at(1_000.0), at(1_600.0));
    page.at(1_690.0).change();
    assert_eq!(millis(&page.only()), Some(690.0));
}

/// `CLICK_ACTION_MAX_DURATION`
#[test]
fn a_click_lasts_10_s_at_most() {
    let mut page = Page::new();
    page.click();
    page.actions.on_activity(Activity::RequestStart(1), at(10.0));
    assert!(page.at(9_999.0).actions.take_finished().is_empty());
    assert!(page.actions.is_waiting());
    let action = page.only();
    assert_eq!(millis(&action), Some(10_000.0));
    assert!(action.frustrations.is_empty());
}

#[test]
fn without_a_way_down_a_way_up_is_no_click() {
    let mut page = Page::new();
    page.up(1, 0.0);
    assert!(page.finished().is_empty());
}

#[test]
fn what_the_way_down_set_off_is_a_response_that_took_no_time() {
    let mut page = Page::new();
    page.at(1_000.0).down().at(1_020.0).change().at(1_090.0).up(1, 0.0);
    let action = page.only();
    assert_eq!(millis(&action), Some(0.0));
    assert!(action.frustrations.is_empty());
}

/// `PAGE_ACTIVITY_VALIDATION_DELAY`, of the way down.
#[test]
fn activity_while_the_pointer_is_held_down_is_not_the_clicks() {
    let mut page = Page::new();
    page.at(1_000.0).down().at(1_101.0).change().at(1_500.0).up(1, 0.0);
    assert_eq!(page.only().frustrations, ["dead_click"]);
}

#[test]
fn a_click_that_leads_to_nothing_is_dead_and_has_no_duration() {
    let mut page = Page::new();
    page.click();
    let action = page.only();
    assert_eq!((action.duration, action.frustrations), (None, ["dead_click"].into()));
}

#[test]
fn a_click_is_not_dead_if_the_user_typed_or_scrolled_or_if_its_target_is_exempt() {
    for (seen, ignored, expected) in
        [(INPUT, 0, false), (SCROLL, 0, false), (SELECTION, 0, false), (0, 2, false), (0, 5, true)]
    {
        let mut page = Page::new();
        page.click();
        page.describe("", ignored).at(500.0).sees(seen);
        let is_dead = page.only().frustrations == ["dead_click"];
        assert_eq!(is_dead, expected, "{seen} {ignored}");
    }
}

#[test]
fn what_the_user_did_before_the_next_gesture_is_not_the_next_clicks() {
    let mut page = Page::new();
    page.click();
    page.sees(SCROLL).at(300.0).down().up(2, 0.0);
    let finished = page.finished();
    assert_eq!(frustrations(&finished), [&[][..], &["dead_click"]]);
}

#[test]
fn an_error_during_a_click_is_a_frustration_and_counted() {
    let mut page = Page::new();
    page.click();
    page.at(50.0).change().error();
    page.actions.count(Child::Resource, at(20.0));
    // Handlers may have begun before the input's timestamp (`LONG_TASK_START_TIME_CORRECTION`).
    page.actions.count(Child::LongTask, at(-1.0));
    page.actions.count(Child::LongTask, at(-1.5));
    page.at(170.0).error();
    let action = page.only();
    assert_eq!(action.frustrations, ["error_click"]);
    assert_eq!(action.counts, Counts { error: 1, resource: 1, long_task: 1 });
}

#[test]
fn an_error_may_be_ignored() {
    let mut page = Page::new();
    page.click();
    page.describe("", 4).at(50.0).change().error();
    let action = page.only();
    assert_eq!((action.counts.error, action.frustrations.len()), (1, 0));
}

#[test]
fn events_carry_the_ids_of_the_actions_under_way() {
    let mut page = Page::new();
    let id = page.at(1_000.0).click();
    page.at(1_050.0).change().at(1_500.0);
    assert_eq!(page.ids_at(999.0), []);
    assert_eq!(page.ids_at(1_000.0), [id]);
    assert_eq!(page.ids_at(1_050.0), [id]);
    assert_eq!(page.ids_at(1_051.0), []);
    assert_eq!(page.actions.ids_at(None), []);
    page.at(1_600.0).down().up(2, 0.0);
    assert_eq!(page.actions.ids_at(None).len(), 1);
}

/// Where nobody tells when requests begin, they are known by their timing, when they are over.
#[test]
fn a_click_that_only_requests_something_is_not_dead() {
    let mut page = Page::new();
    page.click();
    page.at(620.0).actions.on_request(at(5.0), at(600.0));
    page.at(640.0).change();
    let action = page.only();
    assert_eq!((millis(&action), action.frustrations.len()), (Some(640.0), 0));
}

#[test]
fn a_request_from_before_a_click_or_after_its_time_does_not_save_it() {
    for (start, is_dead) in [(-1.0, true), (0.0, false), (100.0, false), (100.5, true)] {
        let mut page = Page::new();
        page.click();
        page.at(620.0).actions.on_request(at(start), at(600.0));
        assert_eq!(page.only().frustrations == ["dead_click"], is_dead, "{start}");
    }
}

#[test]
fn a_request_lasts_as_long_as_the_click_that_began_with_a_change() {
    let mut page = Page::new();
    page.click();
    page.at(20.0).change().at(620.0).actions.on_request(at(5.0), at(600.0));
    assert_eq!(millis(&page.only()), Some(600.0));
}

/// One second after the click, no other can join it: it is reported.
#[test]
fn a_request_that_is_known_after_the_click_was_reported_comes_too_late() {
    let mut page = Page::new();
    page.click();
    page.at(1_001.0).actions.on_request(at(5.0), at(990.0));
    assert_eq!(page.only().frustrations, ["dead_click"]);
}

/// `EVENT_CONTEXT_TIME_OUT_DELAY`
#[test]
fn actions_are_remembered_for_5_minutes() {
    let mut page = Page::new();
    let id = page.click();
    page.at(10.0).change().at(300_010.0).down().up(2, 0.0);
    assert_eq!(page.ids_at(5.0), [id]);
    page.at(300_011.0).down().up(3, 0.0);
    assert_eq!(page.ids_at(5.0), []);
}

#[test]
fn a_click_ends_with_its_view() {
    let mut page = Page::new();
    page.click();
    page.at(40.0).actions.interrupt(true, at(40.0));
    let finished = page.actions.take_finished();
    assert_eq!((millis(&finished[0]), frustrations(&finished)), (Some(40.0), [&[][..]].into()));
    assert!(page.finished().is_empty());
}

/// There the time until the page is hidden is the click's, though the page may have done nothing.
#[test]
fn hiding_the_page_is_not_activity() {
    let mut page = Page::new();
    page.click();
    page.at(40.0).actions.interrupt(false, at(40.0));
    let finished = page.actions.take_finished();
    assert_eq!((finished[0].duration, frustrations(&finished)), (None, [&[][..]].into()));
    page.down().up(2, 0.0);
    page.change().at(90.0).actions.interrupt(false, at(90.0));
    assert_eq!(millis(&page.actions.take_finished()[0]), Some(0.0));
}

#[test]
fn what_was_known_before_the_page_was_hidden_stands() {
    let mut page = Page::new();
    page.click();
    page.at(500.0).actions.interrupt(false, at(500.0));
    assert_eq!(page.actions.take_finished()[0].frustrations, ["dead_click"]);
    page.clicks(&[1_000.0, 1_100.0, 1_200.0]);
    page.actions.interrupt(false, at(1_210.0));
    assert_eq!(page.actions.take_finished()[0].frustrations, ["rage_click", "dead_click"]);
}

#[test]
fn a_gesture_goes_on_when_the_view_ends() {
    let mut page = Page::new();
    page.down().actions.interrupt(true, at(10.0));
    page.at(20.0).change().at(300.0).up(1, 0.0);
    assert_eq!(millis(&page.only()), Some(0.0));
}

#[test]
fn a_target_may_be_described_before_and_after_the_way_up() {
    let mut page = Page::new();
    page.down().describe("before", 0).up(1, 0.0);
    page.at(300.0).down().up(2, 0.0);
    page.describe("after", 0);
    let finished = page.finished();
    let names: Vec<_> = finished.iter().map(|action| action.name.as_str()).collect();
    assert_eq!(names, ["before", "after"]);
}

#[test]
fn a_gesture_on_something_hidden_never_was() {
    let mut page = Page::new();
    page.down().actions.on_described(None);
    page.up(1, 0.0);
    let id = page.at(10.0).down().up(1, 0.0);
    assert_eq!(page.ids_at(10.0), [id]);
    page.actions.on_described(None);
    assert_eq!(page.ids_at(10.0), []);
    assert!(page.finished().is_empty());
}

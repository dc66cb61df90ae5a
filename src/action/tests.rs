//! Rules: `@datadog/browser-rum-core` 7.16, `domain/action` and `domain/eventTracker`.

use super::*;
use crate::id::Ids;

fn at(millis: f64) -> RelativeTime {
    RelativeTime::from_millis(millis)
}

/// A page whose user clicks, with a clock and timers of its own.
struct Page {
    actions: Actions,
    ids: Ids,
    now: f64,
}

const SELECTION: u8 = 1;
const INPUT: u8 = 2;
const SCROLL: u8 = 4;

impl Page {
    fn new() -> Self {
        Self { actions: Actions::default(), ids: Ids::new(Uuid::default()), now: 0.0 }
    }

    /// Lets the time come, and all timers before it.
    fn at(&mut self, millis: f64) -> &mut Self {
        while let Some(deadline) = self.actions.deadline().filter(|due| *due <= at(millis)) {
            self.actions.on_timer(deadline);
            assert!(self.actions.deadline() > Some(deadline) || self.actions.deadline().is_none());
        }
        self.now = millis;
        self
    }

    fn down(&mut self) -> &mut Self {
        self.actions.on_pointer_down(at(self.now));
        self
    }

    fn up(&mut self, target: u32, x: f64) -> Uuid {
        let id = self.ids.uuid();
        self.actions.on_pointer_up(Press { target, x, y: 0.0 }, id, at(self.now), at(self.now));
        id
    }

    fn click(&mut self) -> Uuid {
        self.down().up(1, 0.0)
    }

    fn clicks(&mut self, times: &[f64]) -> Vec<Uuid> {
        times.iter().map(|time| self.at(*time).click()).collect()
    }

    fn describe(&mut self, name: &str, ignored: u8) -> &mut Self {
        let details = r#"{"name_source":"text_content"}"#;
        let description = Description { name, details, ignored };
        self.actions.on_described(Some(description));
        self
    }

    fn change(&mut self) -> &mut Self {
        self.actions.on_activity(Activity::Change, at(self.now));
        self
    }

    fn sees(&mut self, seen: u8) -> &mut Self {
        self.actions.on_user_activity(seen);
        self
    }

    fn error(&mut self) -> &mut Self {
        self.actions.count(Child::Error, at(self.now));
        self
    }

    fn ids_at(&self, millis: f64) -> Vec<Uuid> {
        self.actions.ids_at(Some(at(millis)))
    }

    /// What is finished when a minute has passed.
    fn finished(&mut self) -> Vec<Action> {
        self.at(self.now + 60_000.0).actions.take_finished()
    }

    fn only(&mut self) -> Action {
        let mut finished = self.finished();
        assert_eq!(finished.len(), 1, "{finished:?}");
        finished.remove(0)
    }
}

fn millis(action: &Action) -> Option<f64> {
    action.duration.map(Duration::as_millis)
}

fn frustrations(actions: &[Action]) -> Vec<&[&'static str]> {
    actions.iter().map(|action| action.frustrations.as_slice()).collect()
}

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

/// `MAX_DURATION_BETWEEN_CLICKS`
#[test]
fn a_click_is_reported_when_no_other_has_joined_it_for_a_second() {
    let mut page = Page::new();
    page.at(1_000.0).click();
    assert!(page.at(1_999.0).actions.take_finished().is_empty());
    assert_eq!(page.at(2_000.0).actions.take_finished().len(), 1);
    assert_eq!(page.actions.deadline(), None);
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
fn rage_counts_all_that_happened_once() {
    let mut page = Page::new();
    page.clicks(&[0.0, 100.0, 200.0]);
    page.at(210.0).error();
    let action = page.only();
    assert_eq!(action.counts, Counts { error: 1, ..Counts::default() });
    assert_eq!(action.frustrations, ["rage_click", "dead_click", "error_click"]);
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

/// There the copy that may become the rage click gives its id, and is mostly thrown away.
#[test]
fn events_of_a_chain_carry_the_id_of_its_first_click() {
    let mut page = Page::new();
    let ids = page.clicks(&[0.0, 300.0, 600.0]);
    assert_eq!(page.ids_at(620.0), [ids[2], ids[0]]);
    page.only();
    assert_eq!(page.ids_at(620.0), [ids[0]]);
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

#[test]
fn a_double_click_is_two_actions_with_times_of_their_own() {
    let mut page = Page::new();
    let ids = page.clicks(&[0.0, 300.0]);
    page.at(310.0).change();
    assert_eq!(frustrations(&page.finished()), [&["dead_click"][..], &[]]);
    assert_eq!(page.ids_at(305.0), [ids[1]]);
    assert_eq!(page.ids_at(50.0), [ids[0]]);
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

fn call<'a>(key: &'a str, r#type: &'a str, context: &'a str) -> Call<'a> {
    Call { key, name: "name", r#type, context }
}

#[test]
fn the_page_starts_and_stops_an_action_of_its_own() {
    let mut page = Page::new();
    let id = page.ids.uuid();
    page.actions.start(call("k", "", r#"{"a":{"b":1}}"#), id, at(100.0));
    page.at(150.0).error();
    page.actions.count(Child::Resource, at(99.0));
    page.actions.stop(call("k", "swipe", r#"{"a":{"c":2}}"#), at(400.0));
    page.error();
    let action = page.only();
    assert_eq!((action.id, action.start, millis(&action)), (id, at(100.0), Some(300.0)));
    assert_eq!((action.name.as_str(), action.r#type.as_str()), ("name", "swipe"));
    assert_eq!(action.details, r#"{"a":{"b":1,"c":2}}"#);
    assert_eq!(action.counts, Counts { error: 1, ..Counts::default() });
    assert_eq!(action.frustrations, ["error_click"]);
    assert_eq!(page.ids_at(400.0), [id]);
    assert_eq!(page.ids_at(401.0), []);
}

#[test]
fn an_action_of_the_page_is_custom_and_keeps_the_context_of_its_start() {
    let mut page = Page::new();
    page.actions.start(call("k", "", r#"{"a":1}"#), Uuid::default(), at(0.0));
    page.actions.stop(call("k", "", ""), at(1.0));
    let action = page.only();
    assert_eq!((action.r#type.as_str(), action.details.as_str()), ("custom", r#"{"a":1}"#));
    page.actions.start(call("k", "scroll", ""), Uuid::default(), at(0.0));
    page.actions.stop(call("k", "", r#"{"b":2}"#), at(1.0));
    let action = page.only();
    assert_eq!((action.r#type.as_str(), action.details.as_str()), ("scroll", r#"{"b":2}"#));
}

#[test]
fn a_start_under_the_same_key_forgets_the_first() {
    let mut page = Page::new();
    let (first, second) = (page.ids.uuid(), page.ids.uuid());
    page.actions.start(call("k", "", ""), first, at(0.0));
    page.actions.start(call("other", "", ""), Uuid::default(), at(0.0));
    page.actions.start(call("k", "", ""), second, at(50.0));
    assert_eq!(page.ids_at(60.0), [second, Uuid::default()]);
    page.actions.stop(call("k", "", ""), at(70.0));
    page.actions.stop(call("k", "", ""), at(80.0));
    let action = page.only();
    assert_eq!((action.id, millis(&action)), (second, Some(20.0)));
}

#[test]
fn another_session_forgets_what_runs() {
    let mut page = Page::new();
    page.actions.start(call("k", "", ""), Uuid::default(), at(0.0));
    page.actions.on_session_renewed();
    page.actions.stop(call("k", "", ""), at(80.0));
    assert_eq!(page.actions.ids_at(None), []);
    assert!(page.finished().is_empty());
}

use super::*;

fn at(millis: f64) -> RelativeTime {
    RelativeTime::from_millis(millis)
}

fn visible() -> PageStates {
    let mut states = PageStates::default();
    states.enter(PageState::Active, at(0.0));
    states
}

/// Of a page that is visible, as it stands long after.
fn outcome(loading: &LoadingTime) -> (Option<f64>, &'static str) {
    let (value, how) = loading.outcome(&visible(), at(90_000.0));
    (value.map(Duration::as_millis), how)
}

#[test]
fn a_route_is_loaded_when_its_page_has_come_to_rest() {
    let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
    loading.on_activity(Activity::Change, at(1_050.0));
    assert!(!loading.on_timer(at(1_149.0)));
    assert_eq!(outcome(&loading), (None, ""));
    assert!(loading.on_timer(at(1_150.0)));
    assert_eq!(outcome(&loading), (Some(50.0), "idle"));
    assert_eq!(loading.deadline(), None);
}

#[test]
fn a_route_that_sets_nothing_off_has_none() {
    let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
    assert!(!loading.on_timer(at(1_100.0)));
    assert_eq!((outcome(&loading), loading.deadline()), ((None, "no_activity"), None));
}

#[test]
fn a_view_that_ends_before_it_has_loaded_has_none() {
    let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
    loading.on_activity(Activity::Change, at(1_050.0));
    loading.stop(at(1_060.0));
    assert_eq!((outcome(&loading), loading.deadline()), ((None, "view_ended"), None));
    let mut document = LoadingTime::new(at(0.0), at(300.0), true);
    document.on_activity(Activity::Change, at(310.0));
    document.on_timer(at(410.0));
    document.stop(at(420.0));
    assert_eq!(outcome(&document), (None, "view_ended"));
    document.on_load(at(500.0));
    assert_eq!(outcome(&document), (Some(500.0), "idle"));
}

#[test]
fn a_view_that_ends_after_it_has_loaded_keeps_its_time() {
    let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
    loading.on_activity(Activity::Change, at(1_050.0));
    loading.on_timer(at(1_150.0));
    loading.stop(at(1_200.0));
    assert_eq!(outcome(&loading), (Some(50.0), "idle"));
}

#[test]
fn a_document_is_loaded_by_the_end_of_its_load_event_at_the_earliest() {
    let mut loading = LoadingTime::new(at(0.0), at(300.0), true);
    loading.on_activity(Activity::Change, at(350.0));
    loading.on_timer(at(450.0));
    assert_eq!(outcome(&loading), (None, ""));
    loading.on_load(at(900.0));
    assert_eq!(outcome(&loading), (Some(900.0), "idle"));
}

#[test]
fn a_document_that_loaded_before_anybody_watched_and_rests_took_until_its_load_event() {
    let mut loading = LoadingTime::new(at(0.0), at(900.0), true);
    loading.on_load(at(800.0));
    assert!(loading.on_timer(at(1_000.0)));
    assert_eq!(outcome(&loading), (Some(800.0), "idle"));
}

#[test]
fn a_page_that_never_rests_has_a_bounded_one() {
    let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
    for tick in 0..200 {
        loading.on_activity(Activity::Change, at(f64::from(tick) * 50.0));
        assert!(!loading.on_timer(at(f64::from(tick) * 50.0)));
    }
    assert!(loading.on_timer(at(10_000.0)));
    assert_eq!(outcome(&loading), (Some(10_000.0), "bounded"));
}

#[test]
fn a_page_that_was_hidden_meanwhile_has_none() {
    let mut states = visible();
    states.enter(PageState::Hidden, at(20.0));
    let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
    loading.on_activity(Activity::Change, at(50.0));
    // It may never come back to tell more.
    assert_eq!(loading.outcome(&states, at(30.0)), (None, "hidden"));
    loading.on_timer(at(150.0));
    assert_eq!(loading.outcome(&states, at(150.0)), (None, "hidden"));
}

#[test]
fn a_page_that_was_hidden_after_it_had_loaded_has_one() {
    let mut states = visible();
    states.enter(PageState::Hidden, at(51.0));
    let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
    loading.on_activity(Activity::Change, at(50.0));
    loading.on_timer(at(150.0));
    assert_eq!(loading.outcome(&states, at(150.0)).1, "idle");
}

#[test]
fn the_page_knows_better() {
    let mut loading = LoadingTime::new(at(0.0), at(0.0), false);
    loading.set(Duration::from_millis(70.0));
    loading.on_activity(Activity::Change, at(80.0));
    assert!(!loading.on_timer(at(500.0)));
    assert_eq!(outcome(&loading), (Some(70.0), "manual"));
}

/// Spinner, request, content: 21 ms after the start the page seems to have come to rest.
fn spinner() -> LoadingTime {
    let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
    loading.on_activity(Activity::Change, at(1_021.0));
    loading.on_timer(at(1_121.0));
    loading
}

#[test]
fn a_request_that_is_known_afterwards_corrects_the_time() {
    let mut loading = spinner();
    assert!(loading.on_request(at(1_030.0), at(1_830.0)));
    assert_eq!((outcome(&loading), loading.deadline()), ((None, ""), Some(at(1_930.0))));
    loading.on_activity(Activity::Change, at(1_840.0));
    assert!(loading.on_timer(at(1_940.0)));
    assert_eq!(outcome(&loading), (Some(840.0), "idle"));
}

#[test]
fn a_request_from_before_the_view_or_after_its_rest_corrects_nothing() {
    let mut loading = spinner();
    assert!(!loading.on_request(at(999.0), at(1_830.0)));
    assert!(!loading.on_request(at(1_121.5), at(1_830.0)));
    assert_eq!(outcome(&loading), (Some(21.0), "idle"));
    assert!(loading.on_request(at(1_121.0), at(1_830.0)));
}

#[test]
fn a_request_that_outlasts_the_bound_is_bounded() {
    let mut loading = spinner();
    loading.on_request(at(1_030.0), at(60_000.0));
    assert!(loading.on_timer(at(60_000.0)));
    assert_eq!(outcome(&loading), (Some(10_000.0), "bounded"));
}

#[test]
fn a_view_that_ended_during_a_request_had_not_loaded() {
    let mut loading = spinner();
    loading.stop(at(1_500.0));
    loading.on_request(at(1_030.0), at(1_830.0));
    assert_eq!((outcome(&loading), loading.deadline()), ((None, "view_ended"), None));
    let mut loading = spinner();
    loading.stop(at(2_500.0));
    loading.on_request(at(1_030.0), at(1_830.0));
    loading.on_timer(at(2_600.0));
    assert_eq!(outcome(&loading), (Some(830.0), "idle"));
    let mut loading = LoadingTime::new(at(1_000.0), at(1_000.0), false);
    loading.stop(at(1_060.0));
    loading.on_request(at(1_030.0), at(1_050.0));
    assert_eq!(outcome(&loading), (None, "view_ended"));
}

use super::*;

const NOW: TimeStamp = 1_756_200_000_000;
const MINUTE: TimeStamp = 60_000;
const COOKIE: &str = "aid=b8b47727-07ee-4f8f-b494-01e8fd66e6aa\
                      &id=171787ce-8bad-4b17-a196-700640722e42\
                      &created=1756199000000&expire=1756200900000&c=0";

fn ids() -> Ids {
    Ids::new(Uuid::parse("0b7c9d2e-4f1a-4c3b-8e5d-6a7f8091a2b3").unwrap())
}

fn start(cookie: &str, now: TimeStamp) -> Tracker {
    Tracker::start(cookie, true, &mut ids(), now)
}

fn id(tracker: &Tracker) -> String {
    tracker.session().unwrap().id.to_string()
}

#[test]
fn joins_the_active_session_of_the_cookie_and_prolongs_it() {
    let tracker = start(COOKIE, NOW);
    assert_eq!(id(&tracker), "171787ce-8bad-4b17-a196-700640722e42");
    assert_eq!(tracker.cookie(), COOKIE.replace("1756200900000", &(NOW + 15 * MINUTE).to_string()));
}

#[test]
fn begins_a_session_where_the_cookie_holds_none() {
    for cookie in ["", "garbage", "isExpired=1&c=0", "id=nonsense&created=1&expire=2"] {
        let tracker = start(cookie, NOW);
        let session = *tracker.session().unwrap();
        assert_eq!((session.created, session.expire), (NOW, NOW + 15 * MINUTE), "{cookie}");
    }
}

#[test]
fn keeps_the_anonymous_id_when_the_session_is_over() {
    let tracker = start("isExpired=1&aid=b8b47727-07ee-4f8f-b494-01e8fd66e6aa&c=0", NOW);
    assert_eq!(tracker.anonymous_id().unwrap().to_string(), "b8b47727-07ee-4f8f-b494-01e8fd66e6aa");
}

#[test]
fn stores_no_anonymous_id_when_anonymous_users_are_not_tracked() {
    let tracker = Tracker::start(COOKIE, false, &mut ids(), NOW);
    assert_eq!(tracker.anonymous_id(), None);
    assert!(!tracker.cookie().contains("aid="));
}

#[test]
fn expires_15_minutes_after_the_last_activity() {
    let mut tracker = start("", NOW);
    tracker.on_activity("", &mut ids(), NOW + 10 * MINUTE);
    assert_eq!(tracker.session().unwrap().deadline(), NOW + 25 * MINUTE);
    assert_eq!(tracker.on_deadline("", NOW + 25 * MINUTE - 1), Change::None);
    assert_eq!(tracker.on_deadline("", NOW + 25 * MINUTE), Change::Expired);
    assert_eq!(tracker.session(), None);
    assert!(tracker.cookie().starts_with("isExpired=1&aid="));
}

#[test]
fn expires_4_hours_after_it_began_however_active() {
    let mut tracker = start("", NOW);
    for minutes in (0..240).step_by(10) {
        tracker.on_activity("", &mut ids(), NOW + minutes * MINUTE);
    }
    assert_eq!(tracker.session().unwrap().deadline(), NOW + 240 * MINUTE);
    assert_eq!(tracker.on_deadline("", NOW + 240 * MINUTE), Change::Expired);
}

#[test]
fn renews_with_the_first_activity_after_it_expired() {
    let mut ids = ids();
    let mut tracker = Tracker::start("", true, &mut ids, NOW);
    let first = id(&tracker);
    let change = tracker.on_activity("", &mut ids, NOW + 16 * MINUTE);
    assert_eq!(change, Change::Renewed);
    assert_ne!(id(&tracker), first);
}

#[test]
fn lives_on_when_another_tab_prolonged_it() {
    let mut tracker = start(COOKIE, NOW);
    let prolonged = COOKIE.replace("1756200900000", "1756201800000");
    assert_eq!(tracker.on_deadline(&prolonged, NOW + 15 * MINUTE), Change::None);
    assert_eq!(tracker.session().unwrap().deadline(), 1_756_201_800_000);
}

#[test]
fn joins_the_session_that_another_tab_began_only_with_activity() {
    let mut tracker = start("", NOW);
    assert_eq!(tracker.on_deadline(COOKIE, NOW), Change::Expired);
    assert_eq!(tracker.on_activity(COOKIE, &mut ids(), NOW + 1), Change::Renewed);
    assert_eq!(id(&tracker), "171787ce-8bad-4b17-a196-700640722e42");
}

#[test]
fn survives_a_cookie_that_somebody_cleared() {
    let mut tracker = start(COOKIE, NOW);
    assert_eq!(tracker.on_activity("", &mut ids(), NOW + MINUTE), Change::None);
    assert_eq!(id(&tracker), "171787ce-8bad-4b17-a196-700640722e42");
}

#[test]
fn samples_by_the_hash_of_the_official_sdk() {
    // The reference's own vector: this id hashes to 20.8325 %.
    let id = Uuid::parse("cacbf45c-3a05-48ce-b066-d76349460599").unwrap();
    for (rate, sampled) in [(0.0, false), (20.8, false), (20.9, true), (100.0, true)] {
        assert_eq!(is_sampled(id, rate), sampled, "{rate}");
    }
}

#[test]
fn forgets_session_and_user_when_consent_is_withdrawn() {
    let mut tracker = start(COOKIE, NOW);
    tracker.forget();
    assert_eq!(tracker.cookie(), "isExpired=1&c=0");
}

use super::*;

const NOW: TimeStamp = 1_756_200_000_000;
const MINUTE: TimeStamp = 60_000;
const ID: &str = "171787ce-8bad-4b17-a196-700640722e42";
const USER: &str = "b8b47727-07ee-4f8f-b494-01e8fd66e6aa";
const COOKIE: &str = "aid=b8b47727-07ee-4f8f-b494-01e8fd66e6aa\
                      &id=171787ce-8bad-4b17-a196-700640722e42\
                      &created=1756199000000&expire=1756200900000";

fn ids() -> Ids {
    Ids::new(Uuid::parse("0b7c9d2e-4f1a-4c3b-8e5d-6a7f8091a2b3").unwrap())
}

fn start(text: &str, now: TimeStamp) -> Tracker {
    let mut tracker = Tracker::default();
    tracker.start(text, true, &mut ids(), now);
    tracker
}

fn id(tracker: &Tracker) -> String {
    tracker.session().unwrap().id.to_string()
}

/// The text that is stored after the last change.
fn stored(tracker: &mut Tracker) -> String {
    tracker.take_change().expect("nothing changed")
}

/// The same session, prolonged by its own page.
fn prolonged(at: TimeStamp) -> String {
    COOKIE.replace("1756200900000", &(at + 15 * MINUTE).to_string())
}

#[test]
fn joins_the_active_session_of_the_store_and_prolongs_it() {
    let mut tracker = start(COOKIE, NOW - 1);
    assert_eq!(id(&tracker), ID);
    assert_eq!(stored(&mut tracker), prolonged(NOW - 1));
}

#[test]
fn begins_a_session_where_the_store_holds_none() {
    for text in ["", "garbage", "c=0", "isExpired=1&c=0", "id=nonsense&created=1&expire=2"] {
        let tracker = start(text, NOW);
        let session = *tracker.session().unwrap();
        assert_eq!((session.created, session.expire), (NOW, NOW + 15 * MINUTE), "{text}");
    }
}

#[test]
fn keeps_the_anonymous_id_when_the_session_is_over() {
    let tracker = start(&format!("isExpired=1&aid={USER}&c=0"), NOW);
    assert_eq!(tracker.anonymous_id().unwrap().to_string(), USER);
}

/// As the official SDK does: another one on the page may track anonymous users, and would make a
/// new id each time.
#[test]
fn ignores_the_anonymous_id_of_others_and_drops_it_with_the_session() {
    let mut tracker = Tracker::default();
    tracker.start(COOKIE, false, &mut ids(), NOW);
    assert_eq!(tracker.anonymous_id(), None);
    assert!(stored(&mut tracker).contains(USER));
    tracker.on_activity(COOKIE, &mut ids(), NOW + 16 * MINUTE);
    assert!(!stored(&mut tracker).contains("aid="));
}

#[test]
fn keeps_what_others_know_about_the_session_until_it_is_over() {
    let text = format!("{COOKIE}&forcedReplay=1&c=0");
    let mut tracker = start(&text, NOW);
    assert_eq!(stored(&mut tracker), format!("{}&forcedReplay=1", prolonged(NOW)));
    tracker.on_activity(&text, &mut ids(), NOW + 16 * MINUTE);
    assert!(!stored(&mut tracker).contains("forcedReplay"));
}

#[test]
fn expires_15_minutes_after_the_last_activity() {
    let mut tracker = start("", NOW);
    let text = stored(&mut tracker);
    tracker.on_activity(&text, &mut ids(), NOW + 10 * MINUTE);
    let text = stored(&mut tracker);
    assert_eq!(tracker.deadline(false), Some(NOW + 25 * MINUTE));
    assert_eq!(tracker.look(&text, NOW + 25 * MINUTE - 1), Change::None);
    assert_eq!(tracker.take_change(), None);
    assert_eq!(tracker.look(&text, NOW + 25 * MINUTE), Change::Expired);
    assert_eq!(tracker.session(), None);
    assert!(stored(&mut tracker).starts_with("isExpired=1&aid="));
}

#[test]
fn expires_4_hours_after_it_began_however_active() {
    let mut tracker = start("", NOW);
    let mut text = stored(&mut tracker);
    for minutes in (0..240).step_by(10) {
        tracker.on_activity(&text, &mut ids(), NOW + minutes * MINUTE);
        text = stored(&mut tracker);
    }
    assert_eq!(tracker.deadline(false), Some(NOW + 240 * MINUTE));
    assert_eq!(tracker.look(&text, NOW + 240 * MINUTE), Change::Expired);
}

#[test]
fn is_prolonged_by_a_visible_page_when_nobody_did_so_for_a_minute() {
    let mut tracker = start("", NOW);
    let text = stored(&mut tracker);
    assert_eq!(tracker.deadline(true), Some(NOW + MINUTE));
    tracker.keep_alive(&text, false, NOW + MINUTE - 1);
    assert_eq!(tracker.take_change(), None);
    tracker.keep_alive(&text, false, NOW + MINUTE);
    assert_eq!(tracker.deadline(false), Some(NOW + 16 * MINUTE));
    assert!(stored(&mut tracker).ends_with(&(NOW + 16 * MINUTE).to_string()));
}

#[test]
fn keeps_nothing_alive_that_is_over() {
    let mut tracker = start(COOKIE, NOW);
    stored(&mut tracker);
    let change = tracker.keep_alive("isExpired=1&c=0", true, NOW + MINUTE);
    assert_eq!((change, tracker.take_change()), (Change::Expired, None));
    tracker.keep_alive(COOKIE, true, NOW + 2 * MINUTE);
    assert_eq!((tracker.take_change(), tracker.session()), (None, None));
}

#[test]
fn renews_with_the_first_activity_after_it_expired() {
    let mut ids = ids();
    let mut tracker = Tracker::default();
    tracker.start("", true, &mut ids, NOW);
    let first = id(&tracker);
    let text = stored(&mut tracker);
    assert_eq!(tracker.on_activity(&text, &mut ids, NOW + 16 * MINUTE), Change::Renewed);
    assert_ne!(id(&tracker), first);
}

#[test]
fn lives_on_when_another_tab_prolonged_it() {
    let mut tracker = start(COOKIE, NOW);
    let text = prolonged(NOW + 10 * MINUTE);
    assert_eq!(tracker.look(&text, NOW + 15 * MINUTE), Change::None);
    assert_eq!(tracker.deadline(false), Some(NOW + 25 * MINUTE));
}

#[test]
fn is_over_when_another_replaced_it_which_is_joined_only_with_activity() {
    let mut tracker = start("", NOW);
    stored(&mut tracker);
    assert_eq!(tracker.look(COOKIE, NOW), Change::Expired);
    assert_eq!(tracker.take_change(), None, "the other one is left alone");
    assert_eq!(tracker.look(COOKIE, NOW + 1), Change::None);
    assert_eq!(tracker.on_activity(COOKIE, &mut ids(), NOW + 2), Change::Renewed);
    assert_eq!(id(&tracker), ID);
}

#[test]
fn leaves_the_expired_session_of_another_tab_to_it() {
    let mut tracker = start("", NOW);
    stored(&mut tracker);
    tracker.look(COOKIE, NOW + 60 * MINUTE);
    assert_eq!(tracker.take_change(), None);
}

/// As in the official SDK: not renewed until the page is reloaded or resumed.
#[test]
fn is_over_when_somebody_deleted_it_and_stays_so() {
    let mut tracker = start(COOKIE, NOW);
    stored(&mut tracker);
    assert_eq!(tracker.on_activity("", &mut ids(), NOW + MINUTE), Change::Expired);
    assert_eq!(tracker.on_activity("c=0", &mut ids(), NOW + 2 * MINUTE), Change::None);
    assert_eq!((tracker.take_change(), tracker.session()), (None, None));

    assert_eq!(tracker.on_resume("", &mut ids(), NOW + 3 * MINUTE), Change::None);
    let text = stored(&mut tracker);
    assert!(text.starts_with("isExpired=1&aid="));
    assert_eq!(tracker.on_activity(&text, &mut ids(), NOW + 4 * MINUTE), Change::Renewed);
}

#[test]
fn leaves_a_store_alone_that_is_not_empty_when_the_page_resumes() {
    let mut tracker = start(COOKIE, NOW);
    stored(&mut tracker);
    assert_eq!(tracker.on_resume(COOKIE, &mut ids(), NOW + MINUTE), Change::None);
    assert_eq!((id(&tracker).as_str(), tracker.take_change()), (ID, None));
}

#[test]
fn ends_for_all_tabs_when_the_page_stops_it() {
    let mut tracker = start(COOKIE, NOW);
    tracker.stop(COOKIE, NOW + 1);
    assert_eq!(tracker.session(), None);
    assert_eq!(stored(&mut tracker), format!("isExpired=1&aid={USER}"));
}

/// The official SDK reads and writes in two steps: what it read may be outdated by then.
#[test]
fn stays_stopped_when_another_sdk_writes_it_back() {
    let mut tracker = start(COOKIE, NOW);
    tracker.stop(COOKIE, NOW + 1);
    stored(&mut tracker);
    assert_eq!(tracker.look(COOKIE, NOW + 2), Change::None);
    assert_eq!(stored(&mut tracker), format!("isExpired=1&aid={USER}"));
    tracker.on_activity(COOKIE, &mut ids(), NOW + 3);
    assert_ne!(id(&tracker), ID);
}

#[test]
fn forgets_session_and_user_when_consent_is_withdrawn() {
    let mut tracker = start(COOKIE, NOW);
    tracker.forget(COOKIE, NOW);
    assert_eq!(stored(&mut tracker), "isExpired=1");
    tracker.look(COOKIE, NOW + 1);
    assert_eq!(stored(&mut tracker), "isExpired=1", "even if another SDK writes it back");
}

#[test]
fn begins_again_with_the_consent_even_if_the_store_was_emptied() {
    let mut tracker = start(COOKIE, NOW);
    tracker.forget(COOKIE, NOW);
    assert_eq!(tracker.start("", true, &mut ids(), NOW + 1), Change::Renewed);
    assert_ne!(tracker.anonymous_id().unwrap().to_string(), USER);
}

#[test]
fn is_not_sent_any_more_12_hours_after_it_began() {
    let mut tracker = start("", NOW);
    let first = tracker.session().unwrap().id;
    let late = NOW + 12 * 60 * MINUTE;
    assert!(tracker.is_sent(first, 100.0, late));
    assert!(!tracker.is_sent(first, 100.0, late + 1));
    let text = stored(&mut tracker);
    tracker.on_activity(&text, &mut Ids::new(Uuid::default()), late);
    assert!(!tracker.is_sent(first, 100.0, late + 1), "still known after the next one began");
    assert!(tracker.is_sent(tracker.session().unwrap().id, 100.0, late + 1));
}

#[test]
fn samples_by_the_hash_of_the_official_sdk() {
    // The reference's own vector: this id hashes to 20.8325 %.
    let id = Uuid::parse("cacbf45c-3a05-48ce-b066-d76349460599").unwrap();
    for (rate, sampled) in [(0.0, false), (20.8, false), (20.9, true), (100.0, true)] {
        assert_eq!(is_sampled(id, rate), sampled, "{rate}");
    }
}

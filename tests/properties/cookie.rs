//! The cookie, as Ferrum writes it, as others do, and as nobody should.

use ferrum::id::{Ids, Uuid};
use ferrum::session::{Cookie, INACTIVITY, MAX_AGE, Session, Tracker};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Dates fit 53 bits.
const LAST_DATE: u64 = 999_999_999_999_999;

fn uuid() -> impl Strategy<Value = Uuid> {
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
        .prop_map(|text| Uuid::parse(&text).unwrap_or_default())
}

fn session() -> impl Strategy<Value = Session> {
    (uuid(), 0..=LAST_DATE, 0..=LAST_DATE).prop_map(|(id, created, expire)| Session {
        id,
        created,
        expire,
    })
}

fn cookie() -> impl Strategy<Value = Cookie> {
    (option::of(uuid()), option::of(session())).prop_map(|(anonymous_id, session)| Cookie {
        is_there: true,
        anonymous_id,
        session,
        others: String::new(),
    })
}

fn write(cookie: &Cookie) -> String {
    let mut text = String::new();
    cookie.write(&mut text);
    text
}

/// Text made of what the parser looks for.
fn almost_a_cookie() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "aid",
        "id",
        "created",
        "expire",
        "isExpired",
        "c",
        "=",
        "=",
        "&",
        "1756200000000",
        "99999999999999999999",
        "171787ce-8bad-4b17-a196-700640722e42",
        "é",
        "",
    ];
    prop::collection::vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

fn tracker(text: &str, now: u64) -> Tracker {
    let mut tracker = Tracker::default();
    tracker.start(text, true, &mut Ids::new(Uuid::default()), now);
    tracker
}

proptest! {
    #[test]
    fn a_cookie_is_read_as_it_was_written(cookie in cookie()) {
        prop_assert_eq!(Cookie::parse(&write(&cookie)), cookie);
    }

    /// What the intake's own SDKs accept: `[a-zA-Z]+=[a-z0-9-]+`, joined by `&`.
    #[test]
    fn a_written_cookie_is_one_that_others_read(cookie in cookie()) {
        for pair in write(&cookie).split('&') {
            let (key, value) = pair.split_once('=').unwrap_or_default();
            prop_assert!(!key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic()));
            let is_allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
            prop_assert!(!value.is_empty() && value.bytes().all(is_allowed));
        }
    }

    #[test]
    fn any_text_can_be_read(text: String) {
        let cookie = Cookie::parse(&text);
        let again = Cookie::parse(&write(&cookie));
        prop_assert_eq!((again.anonymous_id, again.session), (cookie.anonymous_id, cookie.session));
    }

    #[test]
    fn anything_close_to_a_cookie_can_be_read(text in almost_a_cookie()) {
        let cookie = Cookie::parse(&text);
        let again = Cookie::parse(&write(&cookie));
        prop_assert_eq!((again.anonymous_id, again.session), (cookie.anonymous_id, cookie.session));
    }

    #[test]
    fn keys_that_others_add_stay_as_long_as_the_session(cookie in cookie(), key in "[b-z]{6,12}", value in "[a-z0-9-]{1,9}") {
        let text = format!("{key}={value}&{}", write(&cookie));
        let kept = Cookie { others: format!("{key}={value}&"), ..cookie };
        prop_assert_eq!(Cookie::parse(&text), kept.clone());
        prop_assert_eq!(write(&kept).contains(&kept.others[..kept.others.len() - 1]), kept.session.is_some());
    }

    #[test]
    fn whatever_the_cookie_says_there_is_an_active_session_after_the_start(
        text in almost_a_cookie(),
        stored in option::of(cookie()),
        now in 0..LAST_DATE / 2,
    ) {
        let text = stored.map_or(text, |cookie| write(&cookie));
        let mut tracker = tracker(&text, now);
        let session = tracker.session().copied();
        prop_assert!(session.is_some_and(|session| now < session.deadline()), "{text}");
        let stored = tracker.take_change().unwrap_or_default();
        prop_assert_eq!(Cookie::parse(&stored).session, session);
    }

    #[test]
    fn no_session_outlives_its_limits(cookie in cookie(), now in 0..LAST_DATE / 2) {
        let tracker = tracker(&write(&cookie), now);
        if let Some(session) = tracker.session() {
            prop_assert!(session.deadline() <= now + INACTIVITY.as_millis() as u64);
            prop_assert!(session.deadline() <= session.created + MAX_AGE.as_millis() as u64);
        }
    }
}

//! Which session this is, when it expires, and whether it is sampled.
//!
//! The session lives in the cookie `_dd_s_v2`, shared with other tabs and with Datadog's own SDKs,
//! so its format and its rules are theirs (`@datadog/browser-core` 7.16,
//! `domain/session/sessionState`). In: the cookie's text and the time. Out: the text to store, and
//! what changed for this page.

use alloc::string::String;

use crate::id::{Ids, Uuid};
use crate::text;
use crate::time::{Duration, TimeStamp};

/// A session ends after this long without user activity.
pub const INACTIVITY: Duration = Duration::from_mins(15);
/// A session ends at this age, however active.
pub const MAX_AGE: Duration = Duration::from_mins(4 * 60);

const fn millis(span: Duration) -> TimeStamp {
    span.as_millis() as TimeStamp
}

/// An active session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Session {
    /// `session.id` of every event.
    pub id: Uuid,
    /// When it began.
    pub created: TimeStamp,
    /// When it ends if nothing happens.
    pub expire: TimeStamp,
}

impl Session {
    fn begin(ids: &mut Ids, now: TimeStamp) -> Self {
        Self { id: ids.uuid(), created: now, expire: now + millis(INACTIVITY) }
    }

    /// When it ends if nothing happens, its age taken into account.
    pub fn deadline(&self) -> TimeStamp {
        self.expire.min(self.created + millis(MAX_AGE))
    }

    fn is_active(&self, now: TimeStamp) -> bool {
        now < self.deadline()
    }
}

/// Whether the session with this id belongs to the sampled share (`rate` in percent).
///
/// Datadog's hash, so that every SDK on every page decides alike: Knuth's multiplicative hash of
/// the last twelve digits (`@datadog/browser-core` 7.16, `domain/sampler`).
pub fn is_sampled(id: Uuid, rate: f64) -> bool {
    let hash = id.last_group().wrapping_mul(1_111_111_111_111_111_111);
    hash as f64 <= rate / 100.0 * 18_446_744_073_709_551_616.0
}

/// What the cookie says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cookie {
    /// `aid`, which outlives sessions. Absent when anonymous users are not tracked.
    pub anonymous_id: Option<Uuid>,
    /// The session, expired ones included; absent before the first one and after one was ended.
    pub session: Option<Session>,
}

impl Cookie {
    /// Reads the value of `_dd_s_v2`; absent when it is empty or not in the format: the next write
    /// repairs it, as in the official SDK.
    pub fn parse(value: &str) -> Option<Self> {
        let mut anonymous_id = None;
        let mut id = None;
        let mut created = None;
        let mut expire = None;
        let mut is_expired = false;
        for pair in text::pieces(value, b'&') {
            let (key, value) = text::split_once(pair, b'=')?;
            match key {
                "aid" => anonymous_id = Uuid::parse(value),
                "id" => id = Uuid::parse(value),
                "created" => created = parse_millis(value),
                "expire" => expire = parse_millis(value),
                "isExpired" => is_expired = true,
                _ => {}
            }
        }
        let session = match (id, created, expire) {
            (Some(id), Some(created), Some(expire)) if !is_expired => {
                Some(Session { id, created, expire })
            }
            _ => None,
        };
        let is_known = is_expired || session.is_some() || anonymous_id.is_some();
        is_known.then_some(Self { anonymous_id, session })
    }

    /// Appends the value of `_dd_s_v2` in the official order of keys.
    ///
    /// `c=0` says: set without a domain, not partitioned.
    pub fn write(&self, out: &mut String) {
        if self.session.is_none() {
            out.push_str("isExpired=1&");
        }
        if let Some(anonymous_id) = self.anonymous_id {
            out.push_str("aid=");
            anonymous_id.write(out);
            out.push('&');
        }
        if let Some(session) = self.session {
            out.push_str("id=");
            session.id.write(out);
            out.push_str("&created=");
            crate::json::push_digits(out, session.created);
            out.push_str("&expire=");
            crate::json::push_digits(out, session.expire);
            out.push('&');
        }
        out.push_str("c=0");
    }
}

/// Dates fit 53 bits; more digits are no date.
fn parse_millis(text: &str) -> Option<TimeStamp> {
    let digits = !text.is_empty() && text.len() < 16 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.bytes().fold(0, |value, b| value * 10 + TimeStamp::from(b - b'0')))
}

/// What an input meant for the session of this page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Still the same session, or still none.
    None,
    /// There is no session any more, until the user does something.
    Expired,
    /// Another session than before.
    Renewed,
}

/// The session as this page knows it.
#[derive(Clone, Debug)]
pub struct Tracker {
    cookie: Cookie,
    track_anonymous_user: bool,
}

impl Tracker {
    /// Joins the session in the cookie, or begins one.
    pub fn start(cookie: &str, track_anonymous_user: bool, ids: &mut Ids, now: TimeStamp) -> Self {
        let mut tracker = Self { cookie: Cookie::default(), track_anonymous_user };
        tracker.on_activity(cookie, ids, now);
        tracker
    }

    /// The active session; absent after it expired.
    pub const fn session(&self) -> Option<&Session> {
        self.cookie.session.as_ref()
    }

    /// `usr.anonymous_id`.
    pub const fn anonymous_id(&self) -> Option<Uuid> {
        self.cookie.anonymous_id
    }

    /// The text to store.
    pub fn cookie(&self) -> String {
        let mut text = String::with_capacity(160);
        self.cookie.write(&mut text);
        text
    }

    /// The user did something: the session goes on, another tab's is joined, or a new one begins.
    ///
    /// An empty cookie (storage blocked, or cleared by somebody) does not end the session of this
    /// page: its own memory is the fallback.
    pub fn on_activity(&mut self, cookie: &str, ids: &mut Ids, now: TimeStamp) -> Change {
        let before = self.cookie.session.map(|session| session.id);
        self.read(cookie);
        let active = self.cookie.session.filter(|session| session.is_active(now));
        let mut session = active.unwrap_or_else(|| Session::begin(ids, now));
        session.expire = now + millis(INACTIVITY);
        self.cookie.session = Some(session);
        if self.track_anonymous_user {
            self.cookie.anonymous_id.get_or_insert_with(|| ids.uuid());
        } else {
            self.cookie.anonymous_id = None;
        }
        if before == Some(session.id) { Change::None } else { Change::Renewed }
    }

    /// The deadline has come. Another tab may have prolonged the session meanwhile.
    pub fn on_deadline(&mut self, cookie: &str, now: TimeStamp) -> Change {
        let Some(own) = self.cookie.session else {
            return Change::None;
        };
        self.read(cookie);
        match self.cookie.session {
            Some(session) if session.id == own.id && session.is_active(now) => Change::None,
            _ => {
                self.cookie.session = None;
                Change::Expired
            }
        }
    }

    /// Consent was withdrawn: no session, no trace of the user.
    pub fn forget(&mut self) {
        self.cookie = Cookie::default();
    }

    fn read(&mut self, cookie: &str) {
        if let Some(stored) = Cookie::parse(cookie) {
            self.cookie = stored;
        }
    }
}

#[cfg(test)]
mod tests;

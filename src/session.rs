//! Which session this is, when it expires, and whether it is sampled.
//!
//! The session is stored as `_dd_s_v2`, in the cookie or where else the page wants it, and shared
//! with other tabs and with Datadog's own SDKs, so its format and its rules are theirs
//! (`@datadog/browser-core` 7.16, `domain/session/sessionState` and `sessionManager`). In: the
//! stored text and the time. Out: the text to store, and what changed for this page.
//!
//! A page has one session at a time, and loses it for good when the store says that it expired, was
//! stopped or was replaced by another one. It gets the next one, which may be that of another tab,
//! only by its own user's activity: a tab that nobody looks at must not appear in a later visit.

mod cookie;

use alloc::string::String;

use crate::id::{Ids, Uuid};
use crate::time::{Duration, TimeStamp};

pub use cookie::Cookie;

/// A session ends after this long without user activity.
pub const INACTIVITY: Duration = Duration::from_mins(15);
/// A session ends at this age, however active.
pub const MAX_AGE: Duration = Duration::from_mins(4 * 60);
/// A visible page prolongs its session this often (`VISIBILITY_CHECK_DELAY`), so that reading is no
/// inactivity.
pub const KEEP_ALIVE: Duration = Duration::from_mins(1);
/// Nothing is sent any more for a session that began longer ago: the backend would begin it again
/// after 24 hours (`TRACKED_SESSION_MAX_AGE`).
pub const LATEST: Duration = Duration::from_mins(12 * 60);

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
    /// When it ends if nothing happens, its age taken into account.
    pub fn deadline(&self) -> TimeStamp {
        self.expire.min(self.created + millis(MAX_AGE))
    }

    /// When nobody will have prolonged it for [`KEEP_ALIVE`].
    const fn keep_alive_due(&self) -> TimeStamp {
        (self.expire + millis(KEEP_ALIVE)).saturating_sub(millis(INACTIVITY))
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

/// The session as this page knows it. Every `text` is what the store holds at that time.
#[derive(Clone, Debug, Default)]
pub struct Tracker {
    /// As last read or written.
    cookie: Cookie,
    /// Whether the session in there is the one of this page.
    is_own: bool,
    /// The latest sessions of this page, the newest first, and when they began: the views of the
    /// other one are still updated.
    known: [(Uuid, TimeStamp); 2],
    /// Ended by this page, and to be kept so: another SDK, whose changes take a while, may write it
    /// back.
    ended: Uuid,
    tracks_user: bool,
    is_changed: bool,
}

impl Tracker {
    /// Joins the session in the store, or begins one. Also after the consent was granted again,
    /// where the official SDK begins none if the store has been emptied meanwhile.
    pub fn start(
        &mut self,
        text: &str,
        tracks_user: bool,
        ids: &mut Ids,
        now: TimeStamp,
    ) -> Change {
        self.tracks_user = tracks_user;
        self.look(text, now);
        self.renew(ids, now)
    }

    /// The active session; absent after it expired.
    pub fn session(&self) -> Option<&Session> {
        self.cookie.session.as_ref().filter(|_| self.is_own)
    }

    /// `usr.anonymous_id`.
    pub fn anonymous_id(&self) -> Option<Uuid> {
        self.cookie.anonymous_id.filter(|_| self.tracks_user)
    }

    /// The text to store, once after each change.
    pub fn take_change(&mut self) -> Option<String> {
        core::mem::take(&mut self.is_changed).then(|| {
            let mut text = String::with_capacity(160);
            self.cookie.write(&mut text);
            text
        })
    }

    /// Whether what belongs to the session with this id is to be sent: it is in the sample (`rate`
    /// in percent) and not too old.
    pub fn is_sent(&self, id: Uuid, rate: f64, now: TimeStamp) -> bool {
        let is_old = |known: &(Uuid, TimeStamp)| known.0 == id && now > known.1 + millis(LATEST);
        is_sampled(id, rate) && !self.known.iter().any(is_old)
    }

    /// When to look at the store if nothing happens.
    pub fn deadline(&self, is_visible: bool) -> Option<TimeStamp> {
        let session = self.session()?;
        let keep_alive = if is_visible { session.keep_alive_due() } else { TimeStamp::MAX };
        Some(session.deadline().min(keep_alive))
    }

    /// Another tab or SDK may have prolonged, ended or replaced the session.
    pub fn look(&mut self, text: &str, now: TimeStamp) -> Change {
        let had_own = core::mem::take(&mut self.is_own);
        self.cookie = Cookie::parse(text);
        if let Some(session) = &self.cookie.session {
            let [(own, _), _] = self.known;
            self.is_own = had_own && session.id == own;
            if session.id == self.ended || self.is_own && !session.is_active(now) {
                self.end();
            }
        }
        if self.is_own == had_own { Change::None } else { Change::Expired }
    }

    /// The user did something: the session goes on, another tab's is joined, or a new one begins.
    ///
    /// None begins where the store is empty: somebody deleted what was in it, and will have had a
    /// reason (a content blocker, or a banner).
    pub fn on_activity(&mut self, text: &str, ids: &mut Ids, now: TimeStamp) -> Change {
        let change = self.look(text, now);
        if self.cookie.is_there { self.renew(ids, now) } else { change }
    }

    /// The page is visible, which prolongs its session: `is_shown` says that it was hidden until
    /// now, otherwise it has to wait for its time.
    pub fn keep_alive(&mut self, text: &str, is_shown: bool, now: TimeStamp) -> Change {
        let change = self.look(text, now);
        if self.session().is_some_and(|own| is_shown || own.keep_alive_due() <= now) {
            self.prolong(now);
        }
        change
    }

    /// The page was frozen for long: in an emptied store there may be sessions again.
    pub fn on_resume(&mut self, text: &str, ids: &mut Ids, now: TimeStamp) -> Change {
        let change = self.look(text, now);
        if !self.cookie.is_there {
            self.cookie.anonymous_id = Some(ids.uuid());
            self.end();
        }
        change
    }

    /// The page ended the session: of all tabs, since they share it.
    pub fn stop(&mut self, text: &str, now: TimeStamp) {
        let [(own, _), _] = self.known;
        self.look(text, now);
        self.ended = self.cookie.session.as_ref().map_or(own, |session| session.id);
        self.end();
    }

    /// Consent was withdrawn: no session, no trace of the user.
    pub fn forget(&mut self, text: &str, now: TimeStamp) {
        self.tracks_user = false;
        self.stop(text, now);
    }

    /// Leaves the user, if anything.
    fn end(&mut self) {
        self.is_own = false;
        self.is_changed = true;
        self.cookie.session = None;
        self.cookie.anonymous_id = self.anonymous_id();
    }

    fn renew(&mut self, ids: &mut Ids, now: TimeStamp) -> Change {
        if !self.cookie.session.as_ref().is_some_and(|session| session.is_active(now)) {
            self.end();
            self.cookie.others.clear();
            self.cookie.session = Some(Session { id: ids.uuid(), created: now, expire: now });
        }
        self.prolong(now);
        if self.tracks_user {
            self.cookie.anonymous_id.get_or_insert_with(|| ids.uuid());
        }
        match &self.cookie.session {
            Some(session) if !self.is_own => {
                let [last, _] = self.known;
                self.known = [(session.id, session.created), last];
                self.is_own = true;
                Change::Renewed
            }
            _ => Change::None,
        }
    }

    fn prolong(&mut self, now: TimeStamp) {
        if let Some(session) = &mut self.cookie.session {
            session.expire = now + millis(INACTIVITY);
            self.is_changed = true;
        }
    }
}

#[cfg(test)]
mod tests;

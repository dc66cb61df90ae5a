//! The text that is stored, as all of Datadog's SDKs read and write it.

use alloc::string::String;

use super::Session;
use crate::id::Uuid;
use crate::text;
use crate::time::TimeStamp;

/// What is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cookie {
    /// Whether there is anything: not before the first session, nor after somebody deleted it.
    pub is_there: bool,
    /// `aid`, which outlives sessions. Absent when anonymous users are not tracked.
    pub anonymous_id: Option<Uuid>,
    /// The session, even if it is past its time; absent before the first one and after one was ended.
    pub session: Option<Session>,
    /// What others know about the session, as `forcedReplay=1&`: pairs, each with a `&` after it.
    pub others: String,
}

impl Cookie {
    /// Reads the stored text. What is no pair is skipped, as in the official SDK.
    pub fn parse(text: &str) -> Self {
        let mut cookie = Self::default();
        let mut id = None;
        let mut created = None;
        let mut expire = None;
        let mut is_expired = false;
        for pair in text::pieces(text, b'&') {
            let Some((key, value)) = text::split_once(pair, b'=') else { continue };
            match key {
                // Describes the cookie, not the session.
                "c" => continue,
                "aid" => cookie.anonymous_id = Uuid::parse(value),
                "id" => id = Uuid::parse(value),
                "created" => created = parse_millis(value),
                "expire" => expire = parse_millis(value),
                "isExpired" => is_expired = true,
                _ => {
                    cookie.others.push_str(pair);
                    cookie.others.push('&');
                }
            }
            cookie.is_there = true;
        }
        if let (false, Some(id), Some(created), Some(expire)) = (is_expired, id, created, expire) {
            cookie.session = Some(Session { id, created, expire });
        }
        cookie
    }

    /// Appends the text to store, in the official order of keys and without `c`, which only the
    /// cookie has.
    pub fn write(&self, out: &mut String) {
        if self.session.is_none() {
            out.push_str("isExpired=1&");
        }
        if let Some(anonymous_id) = self.anonymous_id {
            out.push_str("aid=");
            anonymous_id.write(out);
            out.push('&');
        }
        if let Some(session) = &self.session {
            out.push_str("id=");
            session.id.write(out);
            out.push_str("&created=");
            crate::json::push_digits(out, session.created);
            out.push_str("&expire=");
            crate::json::push_digits(out, session.expire);
            out.push('&');
            out.push_str(&self.others);
        }
        out.pop();
    }
}

/// Dates fit 53 bits; more digits are no date.
fn parse_millis(text: &str) -> Option<TimeStamp> {
    let digits = !text.is_empty() && text.len() < 16 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.bytes().fold(0, |value, b| value * 10 + TimeStamp::from(b - b'0')))
}

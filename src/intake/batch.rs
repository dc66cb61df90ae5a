//! Collects messages until there are enough of them, or until the first has waited long enough.
//!
//! Two kinds of message: those added once, and those that replace their predecessor under the same
//! key (*upserts*). An upsert is a promise: its text is asked for when the batch is taken, so a
//! version that is overwritten in the same batch is never serialised.
//!
//! Limits: `@datadog/browser-core` 7.16, `transport/flushController`, but for the size.

use alloc::string::String;
use alloc::vec::Vec;

use crate::time::{Duration, RelativeTime};

/// A request body does not grow beyond this, unless one message alone does. Half of what a page that
/// is left may have under way (<https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>, 64 KiB).
/// Twice that of the official SDK: a request takes the main thread as long whatever is in it.
pub const MAX_BYTES: usize = 32 * 1_024;
/// A batch holds at most this many messages; an upsert counts once.
pub const MAX_MESSAGES: usize = 50;
/// The first message of a batch waits this long at most.
pub const FLUSH_AFTER: Duration = Duration::from_secs(30);

/// What an upsert is taken to weigh before its text is known: a view event with all its vitals, and why
/// they are so. One that weighs more may not fit, and is a request of its own.
const UPSERT_BYTES: usize = 3 * 1_024;

/// Messages on their way. `K` is what upserts are known by.
#[derive(Clone, Debug)]
pub struct Batch<K> {
    bodies: Vec<String>,
    /// How many messages are in the bodies.
    messages: usize,
    upserts: Vec<K>,
    bytes: usize,
    deadline: Option<RelativeTime>,
}

impl<K> Default for Batch<K> {
    fn default() -> Self {
        Self { bodies: Vec::new(), messages: 0, upserts: Vec::new(), bytes: 0, deadline: None }
    }
}

impl<K: Copy + PartialEq> Batch<K> {
    /// Whether a message of this size belongs in the next batch.
    pub fn is_full_for(&self, message: &str) -> bool {
        self.deadline.is_some() && self.bytes + message.len() >= MAX_BYTES
    }

    /// Adds a message.
    pub fn add(&mut self, message: String, now: RelativeTime) {
        self.count(message.len(), now);
        self.messages += 1;
        append(&mut self.bodies, message);
    }

    /// Adds, or replaces, the message of this key.
    pub fn upsert(&mut self, key: K, now: RelativeTime) {
        if !self.holds(key) {
            self.count(UPSERT_BYTES, now);
            self.upserts.push(key);
        }
    }

    /// The keys of the upserts.
    pub fn upserts(&self) -> &[K] {
        &self.upserts
    }

    /// Whether there is a message of this key.
    pub fn holds(&self, key: K) -> bool {
        self.upserts.contains(&key)
    }

    fn count(&mut self, bytes: usize, now: RelativeTime) {
        self.bytes += bytes + 1;
        self.deadline.get_or_insert(now + FLUSH_AFTER);
    }

    /// Whether the batch must be taken.
    pub fn is_due(&self, now: RelativeTime) -> bool {
        self.bytes >= MAX_BYTES
            || self.messages + self.upserts.len() >= MAX_MESSAGES
            || self.deadline.is_some_and(|deadline| deadline <= now)
    }

    /// When the first message will have waited long enough; absent while there is none.
    pub const fn deadline(&self) -> Option<RelativeTime> {
        self.deadline
    }

    /// Empties the batch into request bodies of at most [`MAX_BYTES`], a message a line: those
    /// added first, then the upserts in the order of their first appearance. `text` gives an
    /// upsert's message, or nothing when there is nothing to say any more.
    pub fn take(&mut self, mut text: impl FnMut(K) -> Option<String>) -> Vec<String> {
        let mut taken = core::mem::take(self);
        for key in taken.upserts {
            if let Some(message) = text(key) {
                append(&mut taken.bodies, message);
            }
        }
        taken.bodies
    }
}

/// Adds a line to the last body, or begins another one.
fn append(bodies: &mut Vec<String>, mut message: String) {
    match bodies.last_mut() {
        Some(body) if body.len() + 1 + message.len() <= MAX_BYTES => {
            body.push('\n');
            body.push_str(&message);
        }
        _ => {
            // All at once: a text that grows leaves holes in the memory, which only grows.
            message.reserve(MAX_BYTES);
            bodies.push(message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: RelativeTime = RelativeTime::ORIGIN;

    fn after(seconds: u32) -> RelativeTime {
        T0 + Duration::from_secs(seconds)
    }

    fn of(messages: &[&str]) -> Batch<u8> {
        let mut batch = Batch::default();
        for message in messages {
            batch.add((*message).into(), T0);
        }
        batch
    }

    #[test]
    fn waits_30_seconds_from_its_first_message() {
        let mut batch = of(&["a"]);
        batch.add("b".into(), after(29));
        assert_eq!(batch.deadline(), Some(after(30)));
        assert!(!batch.is_due(after(29)));
        assert!(batch.is_due(after(30)));
    }

    #[test]
    fn waits_for_nothing_while_it_is_empty() {
        let mut batch = of(&["a"]);
        batch.take(|_| None);
        assert_eq!(batch.deadline(), None);
        assert!(!batch.is_due(after(60)));
    }

    #[test]
    fn is_due_with_50_messages_upserts_included() {
        let mut batch = of(&["a"; 48]);
        batch.upsert(1, T0);
        batch.upsert(1, T0);
        assert!(!batch.is_due(T0));
        batch.add("b".into(), T0);
        assert!(batch.is_due(T0));
    }

    #[test]
    fn is_due_before_a_body_would_exceed_32_kib() {
        let batch = of(&[&"x".repeat(MAX_BYTES - 10)]);
        assert!(!batch.is_due(T0));
        assert!(!batch.is_full_for("12345678"));
        assert!(batch.is_full_for("1234567890"));
        assert!(of(&[&"x".repeat(MAX_BYTES)]).is_due(T0));
        let batch = of(&[&"x".repeat(20_000)]);
        assert!(!batch.is_full_for(&"x".repeat(12_766)));
        assert!(batch.is_full_for(&"x".repeat(12_767)));
        assert!(!of(&[&"x".repeat(20_000), &"x".repeat(12_765)]).is_due(T0));
        assert!(of(&[&"x".repeat(20_000), &"x".repeat(12_766)]).is_due(T0));
    }

    #[test]
    fn takes_an_upsert_for_3_kib_until_its_text_is_known() {
        let mut batch = of(&[]);
        for key in 0..10 {
            batch.upsert(key, T0);
        }
        let rest = MAX_BYTES - 10 * (3_072 + 1);
        assert!(!batch.is_full_for(&"x".repeat(rest - 1)));
        assert!(batch.is_full_for(&"x".repeat(rest)));
    }

    #[test]
    fn takes_a_message_that_alone_exceeds_the_limit() {
        let batch: Batch<u8> = Batch::default();
        assert!(!batch.is_full_for(&"x".repeat(MAX_BYTES * 2)));
    }

    #[test]
    fn asks_for_an_upsert_once_and_puts_it_last() {
        let mut batch = of(&["a"]);
        batch.upsert(7, T0);
        batch.add("b".into(), T0);
        batch.upsert(7, T0);
        let mut asked = Vec::new();
        let bodies = batch.take(|key| {
            asked.push(key);
            Some("v".into())
        });
        assert_eq!((bodies, asked), (vec!["a\nb\nv".into()], vec![7]));
    }

    #[test]
    fn splits_what_does_not_fit_one_body() {
        let big = "x".repeat(MAX_BYTES - 1);
        let mut batch = of(&["a", &big, "b"]);
        assert_eq!(batch.take(|_| None), ["a", &big, "b"]);
        let mut batch = of(&["a", &big[1..], "b"]);
        assert_eq!(batch.take(|_| None), [&["a\n", &big[1..]].concat(), "b"]);
    }
}

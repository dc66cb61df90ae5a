//! When which action was under way.

use alloc::vec::Vec;

use crate::id::Uuid;
use crate::time::{Duration, RelativeTime};

/// Entries of the browser may come late; later than this after an action's end none is expected
/// (`EVENT_CONTEXT_TIME_OUT_DELAY`).
const MEMORY: Duration = Duration::from_mins(5);

#[derive(Debug)]
struct Span {
    id: Uuid,
    start: RelativeTime,
    end: Option<RelativeTime>,
}

/// In order of their start.
#[derive(Debug, Default)]
pub(super) struct Spans(Vec<Span>);

impl Spans {
    pub(super) fn open(&mut self, id: Uuid, start: RelativeTime) {
        self.0.retain(|span| span.end.is_none_or(|end| end + MEMORY >= start));
        self.0.push(Span { id, start, end: None });
    }

    /// Without an end, opens it again.
    pub(super) fn close(&mut self, id: Uuid, end: Option<RelativeTime>) {
        if let Some(span) = self.0.iter_mut().find(|span| span.id == id) {
            span.end = end;
        }
    }

    pub(super) fn remove(&mut self, id: Uuid) {
        self.0.retain(|span| span.id != id);
    }

    /// The last one first. Without a time, those that are open.
    pub(super) fn ids_at(&self, at: Option<RelativeTime>) -> Vec<Uuid> {
        let contains = |span: &&Span| match at {
            Some(at) => span.start <= at && span.end.is_none_or(|end| at <= end),
            None => span.end.is_none(),
        };
        self.0.iter().rev().filter(contains).map(|span| span.id).collect()
    }
}

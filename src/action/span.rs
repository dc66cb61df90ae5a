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
    end: RelativeTime,
}

/// In order of their start.
#[derive(Debug, Default)]
pub(super) struct Spans(Vec<Span>);

impl Spans {
    pub(super) fn open(&mut self, id: Uuid, start: RelativeTime) {
        self.0.retain(|span| span.end + MEMORY >= start);
        self.0.push(Span { id, start, end: RelativeTime::NEVER });
    }

    /// With `NEVER`, opens it again.
    pub(super) fn close(&mut self, id: Uuid, end: RelativeTime) {
        for span in self.0.iter_mut().filter(|span| span.id == id) {
            span.end = end;
        }
    }

    /// As if it had never been.
    pub(super) fn remove(&mut self, id: Uuid) {
        self.close(id, RelativeTime::from_millis(f64::NEG_INFINITY));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The last one first. `NEVER` is for those that are open.
    pub(super) fn ids_at(&self, at: RelativeTime) -> Vec<Uuid> {
        let mut ids = Vec::new();
        for span in self.0.iter().rev() {
            if span.start <= at && at <= span.end {
                ids.push(span.id);
            }
        }
        ids
    }
}

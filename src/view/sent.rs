//! What the intake has of a view, and hence what is to be sent of its next version.

use alloc::string::String;

use super::diff;

/// A full view is sent after so many versions (`@datadog/browser-rum-core` 7.16,
/// `transport/startRumBatch`: `PARTIAL_VIEW_UPDATE_CHECKPOINT_INTERVAL`).
const CHECKPOINT: u64 = 100;

/// What the intake has of a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent {
    text: String,
    full_version: u64,
}

impl Sent {
    /// The line to send for this version of a view, whose full event is `event`: what changed since
    /// the last line, or all of it for the first version, the last one, and now and then between.
    /// Absent when nothing changed.
    pub fn line(&mut self, event: String, version: u64, is_active: bool) -> Option<String> {
        let is_full =
            self.text.is_empty() || !is_active || version >= self.full_version + CHECKPOINT;
        let line = if is_full { Some(event.clone()) } else { diff(&self.text, &event) };
        if is_full {
            self.full_version = version;
        }
        self.text = event;
        line
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::json::Writer;

    /// `PARTIAL_VIEW_UPDATE_CHECKPOINT_INTERVAL`
    #[test]
    fn every_hundredth_version_is_whole() {
        let mut sent = Sent::default();
        let mut is_whole = |version: u64, is_active: bool| {
            let event = Writer::object(|w| {
                w.text("type", "view");
                w.nested("view", |w| w.whole("time_spent", version));
                w.nested("_dd", |w| w.whole("document_version", version));
            });
            let line = sent.line(event.clone(), version, is_active).unwrap_or_default();
            line == event
        };
        let whole: Vec<u64> = (1..=250).filter(|version| is_whole(*version, true)).collect();
        assert_eq!(whole, [1, 101, 201]);
        assert!(is_whole(251, false), "the last one");
    }
}

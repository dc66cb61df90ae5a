//! Interaction to next paint: event entries and the number of interactions go in, the interaction
//! at the 98th percentile comes out, with the parts its latency consists of.
//!
//! Reference: `web-vitals 6.2.3 src/onINP.ts`, `src/lib/InteractionManager.ts`,
//! `src/attribution/onINP.ts`. As there, hidden pages count, and a latency has no upper limit (Datadog
//! cuts it at 60 s). Deliberate differences:
//!
//! * An interaction's target is the first that any of its entries names, the short ones included.
//! * Frames are remembered for the slowest interactions and the latest entry only, not for the last ten;
//!   an event without interaction that comes in after the next frame's is missing in the parts.
//! * Where the browser does not count interactions, ids are compared since the view's first entry.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::Thresholds;
use crate::entry::EventTiming;
use crate::time::{Duration, RelativeTime};

/// In milliseconds, <https://web.dev/articles/inp#what_is_a_good_inp_score>.
pub const THRESHOLDS: Thresholds = Thresholds::new(200.0, 500.0);

/// Interactions kept; `MAX_INTERACTIONS_TO_CONSIDER` in `src/lib/InteractionManager.ts`.
const MAX_INTERACTIONS: usize = 10;

/// One interaction in 50 may be slower than the value: the 98th percentile,
/// <https://web.dev/articles/inp>.
const INTERACTIONS_PER_OUTLIER: u64 = 50;

/// How far browsers increment the interaction id, `src/lib/polyfills/interactionCountPolyfill.ts`.
const ID_STEP: u64 = 7;

/// Entries whose paints are at most this far apart belong to one frame: durations are rounded to
/// 8 ms (`groupEntriesByRenderTime` in `src/attribution/onINP.ts`).
const FRAME_TOLERANCE: f64 = 8.0;

/// The latency of interactions too fast for any entry (`_estimateP98LongestInteraction`).
const UNSEEN: Interaction<'static> = Interaction {
    latency: Duration::from_millis(8.0),
    start_time: None,
    target: "",
    sub_parts: None,
};

/// What the value of a view is taken from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction<'a> {
    /// From the input to the next paint, rounded by the browser to 8 ms: the metric's value.
    pub latency: Duration,
    /// When the user gave the input; absent if no entry told.
    pub start_time: Option<RelativeTime>,
    /// Selector of the target; empty when unknown.
    pub target: &'a str,
    /// Absent if no entry told.
    pub sub_parts: Option<SubParts>,
}

/// What a latency consists of, as for all events presented in the interaction's frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SubParts {
    /// From the input to the start of the first handler.
    pub input_delay: Duration,
    /// From there to the end of the last handler, or to the paint if that was before.
    pub processing_duration: Duration,
    /// From there to the paint.
    pub presentation_delay: Duration,
}

/// The interactions of one view.
#[derive(Clone, Debug, Default)]
pub struct Inp {
    starts_late: bool,
    count_before: u64,
    native_count: Option<u64>,
    ids: Option<(u64, u64)>,
    longest: Vec<Candidate>,
    last_frame: Option<Frame>,
}

#[derive(Clone, Debug)]
struct Candidate {
    id: u64,
    latency: Duration,
    start_time: RelativeTime,
    target: String,
    frame: Frame,
}

/// When the events shown by one paint were handled.
#[derive(Clone, Copy, Debug)]
struct Frame {
    render_time: RelativeTime,
    processing_start: RelativeTime,
    processing_end: RelativeTime,
}

impl Inp {
    /// For the view that begins with the document.
    pub fn new() -> Self {
        Self::default()
    }

    /// For a view that begins later (bfcache restore, route change, soft navigation).
    /// `count_before` is the browser's interaction count at that time, zero if it has none. The
    /// first input of such a view has no `first-input` entry, hence maybe none at all.
    ///
    /// A click that leads to the view must be in `count_before`. It is where the count goes up with
    /// `pointerup` (measured: Chromium 156), unless the page changes its route on `pointerdown`.
    pub fn starting_late(count_before: u64) -> Self {
        Self { starts_late: true, count_before, ..Self::default() }
    }

    /// An `event` or `first-input` entry of this view, those without interaction included: they
    /// may have delayed one.
    pub fn on_entry(&mut self, entry: &EventTiming<'_>) {
        let frame = self.join_frame(entry);
        let id = entry.interaction_id;
        if id != 0 {
            let (min, max) = self.ids.unwrap_or((id, id));
            self.ids = Some((min.min(id), max.max(id)));
            self.join_interaction(entry, frame);
        }
    }

    /// `performance.interactionCount`, of the whole page; not to be called where the browser does not
    /// have it.
    pub fn on_interaction_count(&mut self, count: u64) {
        self.native_count = Some(count);
    }

    /// The interaction at the 98th percentile of latency: the longest of up to 49, the second
    /// longest of up to 99, and so on. Absent without interactions.
    pub fn value(&self) -> Option<Interaction<'_>> {
        let count = self.interaction_count();
        let Some(last) = self.longest.len().checked_sub(1) else {
            return (self.starts_late && count > 0).then_some(UNSEEN);
        };
        let outliers = usize::try_from(count / INTERACTIONS_PER_OUTLIER).unwrap_or(last);
        self.nth_longest(outliers.min(last)).map(Candidate::to_interaction)
    }

    fn interaction_count(&self) -> u64 {
        match (self.native_count, self.ids) {
            (Some(count), _) => count.saturating_sub(self.count_before),
            (None, Some((min, max))) => (max - min) / ID_STEP + 1,
            (None, None) => 0,
        }
    }

    /// The list is not sorted: ten candidates are ranked faster than code to sort them is loaded.
    fn nth_longest(&self, n: usize) -> Option<&Candidate> {
        let mut candidates = self.longest.iter().enumerate();
        candidates.find(|&(at, _)| self.rank(at) == n).map(|(_, candidate)| candidate)
    }

    /// How many candidates are longer than the one at `at`; of equals the earlier seen is longer.
    fn rank(&self, at: usize) -> usize {
        let Some(candidate) = self.longest.get(at) else { return at };
        let is_longer = |&(other_at, other): &(usize, &Candidate)| {
            other.latency > candidate.latency || other.latency == candidate.latency && other_at < at
        };
        self.longest.iter().enumerate().filter(is_longer).count()
    }

    fn join_interaction(&mut self, entry: &EventTiming<'_>, frame: Frame) {
        let same = self.longest.iter_mut().find(|known| known.id == entry.interaction_id);
        if let Some(known) = same {
            known.add(entry, frame);
        } else if self.longest.len() < MAX_INTERACTIONS {
            self.longest.push(Candidate::new(entry, frame));
        } else {
            self.replace_shortest(entry, frame);
        }
    }

    fn replace_shortest(&mut self, entry: &EventTiming<'_>, frame: Frame) {
        let shortest = (0..MAX_INTERACTIONS).find(|&at| self.rank(at) == MAX_INTERACTIONS - 1);
        if let Some(shortest) = shortest.and_then(|at| self.longest.get_mut(at))
            && shortest.latency < entry.duration
        {
            *shortest = Candidate::new(entry, frame);
        }
    }

    /// The entry's frame, which is now the frame of every interaction presented in it.
    fn join_frame(&mut self, entry: &EventTiming<'_>) -> Frame {
        let known = self.longest.iter().map(|candidate| candidate.frame);
        let frame = self
            .last_frame
            .into_iter()
            .chain(known)
            .find(|frame| frame.presents(entry))
            .map_or_else(|| Frame::new(entry), |frame| frame.with(entry));
        for candidate in &mut self.longest {
            if candidate.frame.render_time == frame.render_time {
                candidate.frame = frame;
            }
        }
        self.last_frame = Some(frame);
        frame
    }
}

impl Candidate {
    fn new(entry: &EventTiming<'_>, frame: Frame) -> Self {
        Self {
            id: entry.interaction_id,
            latency: entry.duration,
            start_time: entry.start_time,
            target: entry.target.to_owned(),
            frame,
        }
    }

    /// The longest entry is the interaction's, and of equals the first.
    fn add(&mut self, entry: &EventTiming<'_>, frame: Frame) {
        if entry.duration > self.latency {
            self.latency = entry.duration;
            self.start_time = entry.start_time;
            self.frame = frame;
        }
        if self.target.is_empty() {
            entry.target.clone_into(&mut self.target);
        }
    }

    fn to_interaction(&self) -> Interaction<'_> {
        Interaction {
            latency: self.latency,
            start_time: Some(self.start_time),
            target: &self.target,
            sub_parts: Some(self.sub_parts()),
        }
    }

    /// As `attributeINP` in `src/attribution/onINP.ts`. Handlers may have run before the input (for
    /// another event of the frame) and after the paint (`alert()`, `web-vitals` issue 492), and the
    /// paint may seem to come before them, the latency being rounded: none of it makes a part
    /// negative.
    fn sub_parts(&self) -> SubParts {
        let start = self.start_time;
        let processing_start = start + self.frame.processing_start.saturating_since(start);
        let painted = start + self.latency.max(processing_start - start);
        let processing = self.frame.processing_end.saturating_since(processing_start);
        let processing_duration = processing.min(painted - processing_start);
        SubParts {
            input_delay: processing_start - start,
            processing_duration,
            presentation_delay: painted - processing_start - processing_duration,
        }
    }
}

impl Frame {
    fn new(entry: &EventTiming<'_>) -> Self {
        Self {
            render_time: entry.start_time + entry.duration,
            processing_start: entry.processing_start,
            processing_end: entry.processing_end,
        }
    }

    fn presents(&self, entry: &EventTiming<'_>) -> bool {
        let apart = entry.start_time + entry.duration - self.render_time;
        apart.as_millis().abs() <= FRAME_TOLERANCE
    }

    fn with(mut self, entry: &EventTiming<'_>) -> Self {
        if entry.processing_start < self.processing_start {
            self.processing_start = entry.processing_start;
        }
        if entry.processing_end > self.processing_end {
            self.processing_end = entry.processing_end;
        }
        self
    }
}

#[cfg(test)]
mod tests;

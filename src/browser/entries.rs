//! Performance entries as they cross the boundary: one array of numbers and one string for a
//! whole batch, which is as fast as JavaScript itself and a tenth of the size of reading the
//! entries from here (`js/page/entries.ts` is the other half; keep the two together).
//!
//! Each entry takes a fixed count of numbers and of strings, by its kind:
//!
//! | kind | numbers | strings |
//! |---|---|---|
//! | 0 navigation | activationStart, responseStart, domInteractive, domContentLoadedEventEnd, domComplete, loadEventEnd | |
//! | 1 first contentful paint | startTime | |
//! | 2 largest contentful paint | startTime, size, start and end of the request or 0 | target, url |
//! | 3 layout shift | startTime, value, hadRecentInput, has rects, previous x, y, width, height, current x, y, width, height, devicePixelRatio | target |
//! | 4 event, first input | is first input, startTime, duration, processingStart, processingEnd, interactionId | target |
//! | 5 resource | startTime, duration, workerStart, redirectStart, redirectEnd, fetchStart, domainLookupStart, domainLookupEnd, connectStart, secureConnectionStart, connectEnd, requestStart, responseStart, responseEnd, transferSize, encodedBodySize, decodedBodySize, responseStatus, is traced, is late activity, token | name, initiatorType, nextHopProtocol, deliveryType (`-` where unsupported), renderBlockingStatus, details |
//! | 6 visibility state | startTime, is hidden | |
//!
//! Times of a navigation that have not come yet are 0.

use alloc::vec::Vec;

use super::inputs::Record;
use crate::entry::{
    Entry, EventTiming, LargestContentfulPaint, LayoutShift, Navigation, Rect, ResourceTiming,
    ShiftRects,
};
use crate::time::{Duration, RelativeTime};

impl<'a> Record<'a> {
    /// The entries of a batch, as many as there are numbers for. Values that are missing are 0 and
    /// empty: both sides come from one build.
    #[inline(never)]
    pub(super) fn entries(&mut self, kind: u8) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        while self.numbers.len() > 0 {
            entries.push(self.entry(kind));
        }
        entries
    }

    // So that each kind is written where the caller wants it, instead of through all of them.
    #[inline(never)]
    fn entry(&mut self, kind: u8) -> Entry<'a> {
        match kind {
            0 => Entry::Navigation(Navigation {
                activation_start: self.time(),
                response_start: self.mark(),
                dom_interactive: self.mark(),
                dom_content_loaded_event_end: self.mark(),
                dom_complete: self.mark(),
                load_event_end: self.mark(),
            }),
            1 => Entry::FirstContentfulPaint(self.time()),
            2 => Entry::LargestContentfulPaint(LargestContentfulPaint {
                start_time: self.time(),
                size: self.number(),
                request: [self.time(), self.time()],
                target: self.str(),
                url: self.str(),
            }),
            3 => Entry::LayoutShift(LayoutShift {
                start_time: self.time(),
                value: self.number(),
                had_recent_input: self.flag(),
                rects: self.rects(),
                device_pixel_ratio: self.number(),
                target: self.str(),
            }),
            4 => Entry::Event(EventTiming {
                is_first_input: self.flag(),
                start_time: self.time(),
                duration: Duration::from_millis(self.number()),
                processing_start: self.time(),
                processing_end: self.time(),
                interaction_id: self.number() as u64,
                target: self.str(),
            }),
            5 => Entry::Resource(self.resource()),
            _ => Entry::VisibilityState { start_time: self.time(), hidden: self.flag() },
        }
    }

    fn resource(&mut self) -> ResourceTiming<'a> {
        ResourceTiming {
            marks: core::array::from_fn(|_| self.number()),
            is_traced: self.flag(),
            is_late_activity: self.flag(),
            token: self.number() as u32,
            name: self.str(),
            initiator_type: self.str(),
            next_hop_protocol: self.str(),
            delivery_type: Some(self.str()).filter(|kind| *kind != "-"),
            render_blocking_status: self.str(),
            details: self.str(),
        }
    }

    fn rects(&mut self) -> Option<ShiftRects> {
        let is_there = self.flag();
        let rects = ShiftRects { previous: self.rect(), current: self.rect() };
        is_there.then_some(rects)
    }

    fn rect(&mut self) -> Rect {
        Rect { x: self.number(), y: self.number(), width: self.number(), height: self.number() }
    }

    /// A time that is 0 until it has come.
    fn mark(&mut self) -> Option<RelativeTime> {
        Some(self.time()).filter(|time| *time > RelativeTime::ORIGIN)
    }
}

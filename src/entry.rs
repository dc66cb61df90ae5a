//! What the browser observed, as plain data: one struct per performance entry type, with the
//! specification's field names in snake case.
//!
//! `browser/` makes these from real entries, tests make them by hand or from recordings. A field
//! that the browser did not fill is `None` (or an empty string where the specification says so).

use crate::time::{Duration, RelativeTime};

/// One performance entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry<'a> {
    /// `navigation`: the document itself. Sent once, when the load event has ended.
    Navigation(Navigation),
    /// `paint` named `first-contentful-paint`.
    FirstContentfulPaint(RelativeTime),
    /// `largest-contentful-paint`
    LargestContentfulPaint(LargestContentfulPaint<'a>),
    /// `layout-shift`
    LayoutShift(LayoutShift<'a>),
    /// `event` and `first-input`
    Event(EventTiming<'a>),
    /// `resource`, and the document's own transfer.
    Resource(ResourceTiming<'a>),
    /// `visibility-state`: the page became hidden (`true`) or visible at this time.
    VisibilityState {
        /// When.
        start_time: RelativeTime,
        /// Whether it became hidden.
        hidden: bool,
    },
}

/// <https://www.w3.org/TR/navigation-timing-2/>. Times are absent (`None`) while still 0.
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Navigation {
    /// When the activation of a prerendered page happened; the origin for every other page.
    pub activation_start: RelativeTime,
    /// First byte of the response, the early hint's where there was one.
    pub response_start: Option<RelativeTime>,
    pub dom_interactive: Option<RelativeTime>,
    pub dom_content_loaded_event_end: Option<RelativeTime>,
    pub dom_complete: Option<RelativeTime>,
    pub load_event_end: Option<RelativeTime>,
}

/// <https://www.w3.org/TR/largest-contentful-paint/>
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LargestContentfulPaint<'a> {
    /// `renderTime`, or `loadTime` where the render time is withheld.
    pub start_time: RelativeTime,
    /// Area in CSS pixels, as the specification weighs it.
    pub size: f64,
    /// Selector of the element; empty when it is gone.
    pub target: &'a str,
    /// URL of the image; empty for text.
    pub url: &'a str,
    /// When the image was requested, and when it had arrived; the origin where nobody knows.
    pub request: [RelativeTime; 2],
}

/// <https://wicg.github.io/layout-instability/>
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayoutShift<'a> {
    pub start_time: RelativeTime,
    /// The shift's score, without unit.
    pub value: f64,
    /// Within 500 ms after an input, hence expected by the user.
    pub had_recent_input: bool,
    /// Selector of the element with the largest impact; empty when no source is attributed.
    pub target: &'a str,
    /// Where that element was and is, in CSS pixels; absent with no source.
    pub rects: Option<ShiftRects>,
    /// Of the window when the page heard of it.
    pub device_pixel_ratio: f64,
}

/// The largest source's place before and after a layout shift.
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ShiftRects {
    pub previous: Rect,
    pub current: Rect,
}

/// A rectangle in CSS pixels of the viewport.
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// <https://www.w3.org/TR/event-timing/>
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EventTiming<'a> {
    /// Whether the entry's type is `first-input`; the browser gives that event as `event` too.
    pub is_first_input: bool,
    /// The hardware timestamp of the event.
    pub start_time: RelativeTime,
    /// To the next paint after the event, rounded by the browser to 8 ms.
    pub duration: Duration,
    pub processing_start: RelativeTime,
    pub processing_end: RelativeTime,
    /// Shared by the events of one interaction; 0 when the event belongs to none.
    pub interaction_id: u64,
    /// Selector of the target; empty when unknown.
    pub target: &'a str,
}

/// <https://www.w3.org/TR/resource-timing/>
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ResourceTiming<'a> {
    pub name: &'a str,
    pub initiator_type: &'a str,
    pub next_hop_protocol: &'a str,
    pub delivery_type: Option<&'a str>,
    pub render_blocking_status: &'a str,
    /// Its numbers, by [`Mark`].
    pub marks: [f64; Mark::COUNT],
    /// What the page knows of the request besides: a part of the event, as JSON text.
    pub details: &'a str,
    /// Whether the request carried a trace.
    pub is_traced: bool,
    /// Whether it is page activity that the page did not tell of when it began.
    pub is_late_activity: bool,
    /// What the page knows the request by when it reviews the event; 0 for nothing.
    pub token: u32,
}

/// The numbers of a resource, in the order in which the page sends them. Each is 0 when the browser
/// withheld it.
#[allow(missing_docs, reason = "the specification's fields")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    StartTime,
    Duration,
    WorkerStart,
    RedirectStart,
    RedirectEnd,
    FetchStart,
    DomainLookupStart,
    DomainLookupEnd,
    ConnectStart,
    SecureConnectionStart,
    ConnectEnd,
    RequestStart,
    ResponseStart,
    ResponseEnd,
    TransferSize,
    EncodedBodySize,
    DecodedBodySize,
    /// The HTTP status.
    ResponseStatus,
}

impl Mark {
    /// How many there are.
    pub const COUNT: usize = Self::ResponseStatus as usize + 1;
}

impl ResourceTiming<'_> {
    /// One of its numbers.
    pub fn at(&self, mark: Mark) -> f64 {
        self.marks.get(mark as usize).copied().unwrap_or_default()
    }
}

//! RUM events as the intake wants them: the only place that knows the wire's names and units.
//!
//! One [`Event`] type serves all kinds, since most of an event is what all share; the parts that
//! only some kinds have are `None` elsewhere, and what is `None` is not written. Durations are
//! whole nanoseconds, dates epoch milliseconds (`rum-events-format`; `@datadog/browser-rum` 7.16
//! where it fills a field differently).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use crate::entry::Rect;
use crate::id::Uuid;
use crate::json::Raw;
use crate::time::TimeStamp;

/// Whole nanoseconds.
pub type Nanos = u64;

/// A RUM event of any kind.
#[derive(Serialize)]
#[allow(missing_docs, reason = "the fields are the schema's, documented there")]
pub struct Event<'a> {
    pub r#type: &'static str,
    pub date: TimeStamp,
    pub application: Application<'a>,
    pub source: &'static str,
    pub service: &'a str,
    pub version: Option<&'a str>,
    pub ddtags: &'a str,
    pub session: Session,
    pub view: View<'a>,
    pub error: Option<Error>,
    pub action: Option<Action<'a>>,
    pub resource: Option<Resource<'a>>,
    pub usr: Option<Raw>,
    pub account: Option<&'a Raw>,
    pub context: Option<Raw>,
    pub feature_flags: Option<&'a Flags>,
    pub connectivity: Option<&'a Raw>,
    pub display: Option<&'a Raw>,
    pub device: Option<&'a Raw>,
    pub privacy: Option<Privacy>,
    pub tab: Option<Tab>,
    pub _dd: Internal,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Application<'a> {
    pub id: &'a str,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Tab {
    pub id: Uuid,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Privacy {
    pub replay_level: &'static str,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Session {
    pub id: Uuid,
    pub r#type: &'static str,
    /// `false` when the session ended with this view.
    pub is_active: Option<bool>,
}

/// The part that says how the event was made.
#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Internal {
    pub format_version: u64,
    /// Milliseconds by which the wall clock ran away from the page's clock.
    pub drift: f64,
    pub sdk_name: &'static str,
    pub configuration: Configuration,
    /// Counts the versions of a view from 1; views only.
    pub document_version: Option<u64>,
    /// `false` on resources: they count.
    pub discarded: Option<bool>,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Configuration {
    pub session_sample_rate: f64,
    pub session_replay_sample_rate: u64,
    pub trace_sample_rate: f64,
}

/// The view of an event; the metrics and counts are there on view events only.
#[derive(Default, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct View<'a> {
    pub id: Uuid,
    pub url: &'a str,
    pub referrer: &'a str,
    pub name: Option<&'a str>,
    /// Actions and errors only: whether the page was visible and focused.
    pub in_foreground: Option<bool>,
    pub loading_type: Option<&'static str>,
    pub is_active: Option<bool>,
    pub time_spent: Option<Nanos>,
    pub action: Option<Count>,
    pub error: Option<Count>,
    pub resource: Option<Count>,
    pub long_task: Option<Count>,
    pub frustration: Option<Count>,
    pub first_byte: Option<Nanos>,
    pub dom_interactive: Option<Nanos>,
    pub dom_content_loaded: Option<Nanos>,
    pub dom_complete: Option<Nanos>,
    pub load_event: Option<Nanos>,
    pub first_contentful_paint: Option<Nanos>,
    pub largest_contentful_paint: Option<Nanos>,
    pub largest_contentful_paint_target_selector: Option<&'a str>,
    pub first_input_delay: Option<Nanos>,
    pub first_input_time: Option<Nanos>,
    pub first_input_target_selector: Option<&'a str>,
    pub interaction_to_next_paint: Option<Nanos>,
    pub interaction_to_next_paint_time: Option<Nanos>,
    pub interaction_to_next_paint_target_selector: Option<&'a str>,
    pub cumulative_layout_shift: Option<f64>,
    pub cumulative_layout_shift_time: Option<Nanos>,
    pub cumulative_layout_shift_target_selector: Option<&'a str>,
    pub custom_timings: Option<Timings<'a>>,
    pub performance: Option<Performance<'a>>,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Count {
    pub count: u64,
}

/// The vitals once more, each with its cause.
#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Performance<'a> {
    pub cls: Option<Cls<'a>>,
    pub fcp: Option<Fcp>,
    pub fid: Option<Fid<'a>>,
    pub inp: Option<Inp<'a>>,
    pub lcp: Option<Lcp<'a>>,
}

#[derive(Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Cls<'a> {
    pub score: f64,
    pub timestamp: Option<Nanos>,
    pub target_selector: Option<&'a str>,
    pub previous_rect: Option<Rect>,
    pub current_rect: Option<Rect>,
}

#[derive(Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Fcp {
    pub timestamp: Nanos,
}

#[derive(Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Fid<'a> {
    pub duration: Nanos,
    pub timestamp: Nanos,
    pub target_selector: Option<&'a str>,
}

#[derive(Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Inp<'a> {
    pub duration: Nanos,
    pub timestamp: Option<Nanos>,
    pub target_selector: Option<&'a str>,
    pub sub_parts: Option<InpParts>,
}

#[derive(Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct InpParts {
    pub input_delay: Nanos,
    pub processing_duration: Nanos,
    pub presentation_delay: Nanos,
}

#[derive(Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Lcp<'a> {
    pub timestamp: Nanos,
    pub target_selector: Option<&'a str>,
    pub resource_url: Option<&'a str>,
}

/// `view.custom_timings`: a name and a span each.
pub struct Timings<'a>(pub &'a [(String, Nanos)]);

impl Serialize for Timings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, span)| (name, span)))
    }
}

/// `feature_flags`: a key and the value it was evaluated to.
#[derive(Clone, Debug, Default)]
pub struct Flags(pub Vec<(String, Raw)>);

impl Serialize for Flags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// The action of an action event.
#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Action<'a> {
    pub id: Uuid,
    pub r#type: &'static str,
    pub target: Target<'a>,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Target<'a> {
    pub name: &'a str,
}

/// The error of an error event.
#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Error {
    pub id: Uuid,
    pub message: String,
    pub source: &'static str,
    pub r#type: Option<String>,
    pub stack: Option<String>,
    pub handling: &'static str,
    pub handling_stack: Option<String>,
    pub fingerprint: Option<String>,
    pub causes: Option<Vec<Cause>>,
    pub source_type: &'static str,
}

#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Cause {
    pub message: String,
    pub source: &'static str,
    pub r#type: Option<String>,
    pub stack: Option<String>,
}

/// The resource of a resource event. Phases are relative to the resource's start.
#[derive(Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Resource<'a> {
    pub id: Uuid,
    pub r#type: &'static str,
    pub url: &'a str,
    pub status_code: Option<u64>,
    pub duration: Option<Nanos>,
    pub size: Option<u64>,
    pub encoded_body_size: Option<u64>,
    pub decoded_body_size: Option<u64>,
    pub transfer_size: Option<u64>,
    pub protocol: Option<&'a str>,
    pub delivery_type: Option<&'a str>,
    pub render_blocking_status: Option<&'a str>,
    pub worker: Option<Phase>,
    pub redirect: Option<Phase>,
    pub dns: Option<Phase>,
    pub connect: Option<Phase>,
    pub ssl: Option<Phase>,
    pub first_byte: Option<Phase>,
    pub download: Option<Phase>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the schema")]
pub struct Phase {
    pub duration: Nanos,
    pub start: Nanos,
}

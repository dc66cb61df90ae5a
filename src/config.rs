//! What the page configured, as far as the engine decides by it.
//!
//! The options are validated where functions and regular expressions can be looked at, in
//! `js/configuration.ts`; what only passes through into events comes as JSON text
//! ([`crate::assembly::Context::Base`]).

use crate::event::Kind;

/// A valid configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Which share of the sessions is sent, in percent.
    pub session_sample_rate: f64,
    /// Whether resources become events.
    pub track_resources: bool,
    /// Whether only `startView` starts views.
    pub track_views_manually: bool,
    /// Whether `usr.anonymous_id` is kept for a year.
    pub track_anonymous_user: bool,
    /// Whether later versions of a view are sent as what changed.
    pub sends_view_updates: bool,
    /// Whether the page wants to see every event before it is sent.
    pub has_before_send: bool,
    /// Whether it sees at least views, to complete them.
    pub completes_views: bool,
    /// Whether events leave at once instead of in batches.
    pub is_immediate: bool,
    /// The kinds of events that carry feature flags beside views and errors, a bit for each.
    pub flagged_kinds: u8,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            session_sample_rate: 100.0,
            track_resources: true,
            track_views_manually: false,
            track_anonymous_user: true,
            sends_view_updates: false,
            has_before_send: false,
            completes_views: false,
            is_immediate: false,
            flagged_kinds: 0,
        }
    }
}

impl Config {
    /// Whether events of this kind carry the feature flags of their view.
    pub const fn has_flags(&self, kind: Kind) -> bool {
        matches!(kind, Kind::View | Kind::Error) || self.flagged_kinds >> kind as u8 & 1 == 1
    }
}

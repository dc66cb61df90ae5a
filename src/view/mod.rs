//! A view's life: it starts, changes, ends, and for a while takes what comes in late.
//!
//! In: what happened in the view. Out: the `view` part of its next event, and when that is due.

mod metrics;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::entry::Entry;
use crate::event::{self, Count, Flags, Nanos, Timings};
use crate::id::Uuid;
use crate::json::Raw;
use crate::metric::visibility::Visibility;
use crate::time::{Duration, RelativeTime, TimeStamp};

pub use metrics::{Metrics, Support};

/// Changes of a view wait this long for others (`@datadog/browser-rum-core` 7.16,
/// `view/trackViews`: `THROTTLE_VIEW_UPDATE_PERIOD`).
const UPDATE_THROTTLE: Duration = Duration::from_secs(3);
/// A view where nothing happens is sent this often (same file: `SESSION_KEEP_ALIVE_INTERVAL`).
const KEEP_ALIVE: Duration = Duration::from_mins(5);
/// A view that ended takes late entries for so long (same file: `KEEP_TRACKING_AFTER_VIEW_DELAY`).
const LATE: Duration = Duration::from_mins(5);

/// Why a view started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadingType {
    /// The document was loaded.
    InitialLoad,
    /// The application changed its route, or the page called `startView`.
    RouteChange,
    /// The document came back from the back/forward cache.
    BfCache,
    /// The session before had expired.
    SessionRenewal,
}

impl LoadingType {
    const fn name(self) -> &'static str {
        match self {
            Self::InitialLoad => "initial_load",
            Self::RouteChange => "route_change",
            Self::BfCache => "bf_cache",
            Self::SessionRenewal => "session_renewal",
        }
    }
}

/// What the page may say about a view when it starts one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// `view.name`; absent unless the page gives one.
    pub name: Option<String>,
    /// Instead of the configuration's.
    pub service: Option<String>,
    /// Instead of the configuration's.
    pub version: Option<String>,
    /// Added to the context of the view's events.
    pub context: Raw,
}

/// How many events of each kind belong to a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the count of its kind")]
pub struct Counts {
    pub action: u64,
    pub error: u64,
    pub resource: u64,
}

/// One view.
#[derive(Clone, Debug)]
pub struct View {
    /// `view.id`
    pub id: Uuid,
    /// `session.id` of the view and of all its events.
    pub session_id: Uuid,
    /// Whether the session expired with this view.
    pub is_session_over: bool,
    /// When it started.
    pub start: RelativeTime,
    /// The wall-clock time of its start, the same in every version.
    pub date: TimeStamp,
    /// The address when it started, or since the last change that started no view.
    pub url: String,
    /// The address of the view before; of the first view, the document's referrer.
    pub referrer: String,
    /// What the page said about it.
    pub options: Options,
    /// Flags evaluated in this view.
    pub flags: Flags,
    /// Events sent.
    pub counts: Counts,
    /// Its vitals.
    pub metrics: Metrics,
    /// `_dd.document_version`: the number of the last version.
    pub document_version: u64,
    loading_type: LoadingType,
    timings: Vec<(String, Nanos)>,
    end: Option<RelativeTime>,
    update_due: RelativeTime,
    has_changed: bool,
}

impl View {
    /// A view that starts now.
    pub fn start(
        id: Uuid,
        session_id: Uuid,
        loading_type: LoadingType,
        start: RelativeTime,
        metrics: Metrics,
    ) -> Self {
        Self {
            id,
            session_id,
            is_session_over: false,
            start,
            date: 0,
            url: String::new(),
            referrer: String::new(),
            options: Options::default(),
            flags: Flags::default(),
            counts: Counts::default(),
            metrics,
            document_version: 0,
            loading_type,
            timings: Vec::new(),
            end: None,
            update_due: start,
            has_changed: true,
        }
    }

    /// Whether something that happened at this time happened in this view.
    pub fn contains(&self, at: RelativeTime) -> bool {
        self.start <= at && self.end.is_none_or(|end| at < end)
    }

    /// Whether it goes on.
    pub const fn is_active(&self) -> bool {
        self.end.is_none()
    }

    /// It is over: another one starts, or the session or the page ends.
    pub fn end(&mut self, at: RelativeTime) {
        self.end = Some(if at < self.start { self.start } else { at });
        self.change(at);
    }

    /// Whether nothing late can come in any more, and what came in was told.
    pub fn is_forgotten(&self, now: RelativeTime) -> bool {
        !self.has_changed && self.end.is_some_and(|end| end + LATE < now)
    }

    /// Takes an entry; a vital may change.
    pub fn on_entry(&mut self, entry: &Entry, visibility: &Visibility, now: RelativeTime) {
        if self.metrics.on_entry(entry, visibility) {
            self.change(now);
        }
    }

    /// Something of the view changed: its next version is due soon.
    pub fn change(&mut self, now: RelativeTime) {
        if !self.has_changed {
            self.has_changed = true;
            self.update_due = now + UPDATE_THROTTLE;
        }
    }

    /// A moment the page marked, as `view.custom_timings` of this view. A name that was used
    /// before gets the new time; characters a facet cannot have become `_`, and whether there were
    /// some is the answer.
    pub fn add_timing(&mut self, name: &str, at: RelativeTime) -> bool {
        let is_allowed =
            |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '$');
        let safe: String = name.chars().map(|c| if is_allowed(&c) { c } else { '_' }).collect();
        let is_changed = safe != name;
        let span = at.saturating_since(self.start).as_nanos();
        match self.timings.iter_mut().find(|(known, _)| *known == safe) {
            Some((_, known)) => *known = span,
            None => self.timings.push((safe, span)),
        }
        is_changed
    }

    /// A flag was evaluated: the last value wins.
    pub fn add_flag(&mut self, key: &str, value: Raw) {
        match self.flags.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = value,
            None => self.flags.0.push((key.to_owned(), value)),
        }
    }

    /// When the next version is due; absent for a view that ended and has no news.
    pub fn update_due(&self) -> Option<RelativeTime> {
        (self.has_changed || self.is_active()).then_some(self.update_due)
    }

    /// Counts a new version, whose text may be asked for any time later.
    pub fn update(&mut self, now: RelativeTime) {
        self.document_version += 1;
        self.has_changed = false;
        self.update_due = now + KEEP_ALIVE;
    }

    /// The `view` part that every event of this view has.
    pub fn to_reference(&self) -> event::View<'_> {
        event::View {
            id: self.id,
            url: &self.url,
            referrer: &self.referrer,
            name: self.options.name.as_deref(),
            ..event::View::default()
        }
    }

    /// The whole `view` part, for the view's own event.
    pub fn to_event(&self, now: RelativeTime) -> event::View<'_> {
        let count = |count| Some(Count { count });
        let mut view = event::View {
            loading_type: Some(self.loading_type.name()),
            is_active: Some(self.is_active()),
            time_spent: Some(self.end.unwrap_or(now).saturating_since(self.start).as_nanos()),
            action: count(self.counts.action),
            error: count(self.counts.error),
            resource: count(self.counts.resource),
            frustration: count(0),
            custom_timings: (!self.timings.is_empty()).then_some(Timings(&self.timings)),
            ..self.to_reference()
        };
        self.metrics.write_to(&mut view, self.start);
        view
    }
}

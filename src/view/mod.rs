//! A view's life: it starts, changes, ends, and for a while takes what comes in late.
//!
//! In: what happened in the view. Out: the `view` part of its next event, and when that is due.

mod counts;
mod loading_type;
mod metrics;
mod scroll;
mod sent;
mod update;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::entry::Entry;
use crate::id::Uuid;
use crate::json::Writer;
use crate::json::read::merged;
use crate::metric::loading_time::LoadingTime;
use crate::metric::visibility::Visibility;
use crate::page_state::PageStates;
use crate::time::{Duration, RelativeTime, TimeStamp};

pub use counts::Counts;
pub use loading_type::LoadingType;
pub use metrics::{Metrics, Support};
pub use scroll::Scroll;
pub use sent::Sent;
pub use update::diff;

/// Changes of a view wait this long for others (`@datadog/browser-rum-core` 7.16,
/// `view/trackViews`: `THROTTLE_VIEW_UPDATE_PERIOD`).
const UPDATE_THROTTLE: Duration = Duration::from_secs(3);
/// A view where nothing happens is sent this often (same file: `SESSION_KEEP_ALIVE_INTERVAL`).
const KEEP_ALIVE: Duration = Duration::from_mins(5);
/// What happened in a view, such as a request that took its time, may come to light so long after its
/// end (same package, `contexts/viewHistory`: `VIEW_CONTEXT_TIME_OUT_DELAY`). The view counts it, unlike
/// there, where a view that ended changes for five minutes only.
const HISTORY: Duration = Duration::from_mins(4 * 60);
/// An address that the page gave up is remembered for so long. The official SDK keeps it as long as the
/// view; a page that changes its query with every frame has thousands of them by then.
const ADDRESS_MEMORY: Duration = Duration::from_mins(5);

/// What the page may say about a view when it starts one. What is empty comes from elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// `view.name`; empty unless the page gives one.
    pub name: String,
    /// Instead of the configuration's.
    pub service: String,
    /// Instead of the configuration's.
    pub version: String,
    /// Added to the context of the view's events, as JSON text.
    pub context: String,
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
    /// The addresses of the page, from the start on, and since when.
    addresses: Vec<(RelativeTime, String)>,
    /// The address of the view before; of the first view, the document's referrer.
    pub referrer: String,
    /// What the page said about it.
    pub options: Options,
    /// How far it was scrolled; absent until the page says so.
    pub scroll: Option<Scroll>,
    /// The versions that were sent, as far as the next one depends on them.
    pub sent: Sent,
    /// Events sent.
    pub counts: Counts,
    /// How long it took to load.
    pub loading: LoadingTime,
    /// Its vitals.
    pub metrics: Metrics,
    /// `_dd.document_version`: the number of the last version.
    pub document_version: u64,
    loading_type: LoadingType,
    /// `feature_flags`, as JSON text.
    flags: String,
    /// `custom_timings`, as JSON text.
    timings: String,
    end: Option<RelativeTime>,
    update_due: RelativeTime,
    has_changed: bool,
}

impl View {
    /// A view that starts at `start`, which may be before `now`.
    pub fn start(
        id: Uuid,
        session_id: Uuid,
        loading_type: LoadingType,
        start: RelativeTime,
        metrics: Metrics,
        now: RelativeTime,
    ) -> Self {
        let is_document = loading_type == LoadingType::InitialLoad;
        Self {
            loading: LoadingTime::new(start, now, is_document),
            id,
            session_id,
            is_session_over: false,
            start,
            date: 0,
            addresses: Vec::new(),
            referrer: String::new(),
            options: Options::default(),
            scroll: None,
            sent: Sent::default(),
            counts: Counts::default(),
            metrics,
            document_version: 0,
            loading_type,
            flags: String::new(),
            timings: String::new(),
            end: None,
            update_due: start,
            has_changed: true,
        }
    }

    /// Whether something that happened at this time happened in this view. What a page did while it
    /// was prerendered belongs to its first one.
    pub fn contains(&self, at: RelativeTime) -> bool {
        let has_begun = self.start <= at || self.loading_type == LoadingType::InitialLoad;
        has_begun && self.end.is_none_or(|end| at < end)
    }

    /// Whether it is of a page that came back from the back/forward cache.
    pub fn is_restored(&self) -> bool {
        self.loading_type == LoadingType::BfCache
    }

    /// Whether it goes on.
    pub const fn is_active(&self) -> bool {
        self.end.is_none()
    }

    /// It is over: another one starts, or the session or the page ends.
    pub fn end(&mut self, at: RelativeTime) {
        self.end = Some(at.max(self.start));
        self.loading.stop(at);
        self.change(at);
    }

    /// Whether no event of its time can come in any more, and what came in was told.
    pub fn is_forgotten(&self, now: RelativeTime) -> bool {
        !self.has_changed && self.end.is_some_and(|end| end + HISTORY < now)
    }

    /// Takes an entry; a vital may change.
    pub fn on_entry(&mut self, entry: &Entry<'_>, visibility: &Visibility, now: RelativeTime) {
        if self.metrics.on_entry(entry, visibility) {
            self.change(now);
        }
    }

    /// Something of the view changed: its next version is due soon.
    #[inline(never)]
    pub fn change(&mut self, now: RelativeTime) {
        if !self.has_changed {
            self.has_changed = true;
            self.update_due = now + UPDATE_THROTTLE;
        }
    }

    /// A moment the page marked, as `view.custom_timings` of this view. A name that was used
    /// before gets the new time.
    pub fn add_timing(&mut self, name: &str, span: Duration) {
        self.timings = merged(&self.timings, &Writer::object(|w| w.span(name, span)));
    }

    /// A flag was evaluated: the last value wins, none of the one before is left.
    pub fn add_flag(&mut self, key: &str, value: &str) {
        for value in ["null", value] {
            self.flags = merged(&self.flags, &Writer::object(|w| w.value(key, value)));
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

    /// The text of its last version is made only now, with what has changed since it was counted: none
    /// of that is due any more.
    pub fn tell_changes(&mut self, now: RelativeTime) {
        if self.has_changed {
            self.has_changed = false;
            self.update_due = now + KEEP_ALIVE;
        }
    }

    /// When it ended, or now.
    fn end_or(&self, now: RelativeTime) -> RelativeTime {
        self.end.unwrap_or(now)
    }

    /// The page has this address now, and the view goes on. Nothing asks for one that was given up
    /// long ago, but for the first, which is the view's.
    pub fn move_to(&mut self, url: &str, now: RelativeTime) {
        while self.addresses.get(2).is_some_and(|(since, _)| *since + ADDRESS_MEMORY < now) {
            self.addresses.remove(1);
        }
        self.addresses.push((now, url.to_owned()));
    }

    /// It is not where the page is.
    pub fn set_url(&mut self, url: &str) {
        self.addresses.clear();
        self.addresses.push((self.start, url.to_owned()));
    }

    /// The page's address at a time in this view; at its start, the view's own.
    pub fn url_at(&self, at: RelativeTime) -> &str {
        let known = self.addresses.iter().rev().find(|(since, _)| *since <= at);
        known.or_else(|| self.addresses.first()).map_or("", |(_, url)| url)
    }

    /// Writes the `view` part that an event of this time has.
    pub fn write_reference(&self, w: &mut Writer, at: RelativeTime) {
        w.id("id", self.id);
        w.text("url", self.url_at(at));
        w.text("referrer", &self.referrer);
        w.nonempty("name", &self.options.name);
    }

    /// `feature_flags`, as JSON text; empty without any.
    pub fn flags(&self) -> &str {
        &self.flags
    }

    /// Writes what only the view's own event has.
    pub fn write(&self, w: &mut Writer, states: &PageStates, now: RelativeTime) {
        let end = self.end_or(now);
        if self.is_session_over {
            w.nested("session", |w| w.flag("is_active", false));
        }
        w.nested("view", |w| {
            w.text("loading_type", self.loading_type.name());
            w.flag("is_active", self.is_active());
            w.span("time_spent", end - self.start);
            self.counts.write(w);
            w.raw("custom_timings", &self.timings);
            self.loading.write(w, states, now);
            self.metrics.write(w);
        });
        w.nested("context", |w| w.nested("ferrum", |w| self.loading.write_end(w, states, now)));
        w.nested("display", |w| {
            if let Some(scroll) = &self.scroll {
                w.nested("scroll", |w| scroll.write(w, self.start));
            }
        });
        w.nested("_dd", |w| {
            w.whole("document_version", self.document_version);
            self.metrics.write_internal(w);
            states.write(w, self.start, end);
        });
    }
}

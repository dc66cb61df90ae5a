//! Performance entries find their view and their tracker.

use super::Rum;
use super::delivery::Part;
use crate::entry::{Entry, ResourceTiming};
use crate::event::Kind;
use crate::json::Writer;
use crate::json::read::merged;
use crate::page_state::PageState;
use crate::time::RelativeTime;

impl Rum {
    pub(super) fn on_entry(&mut self, entry: &Entry<'_>) {
        match entry {
            Entry::Resource(timing) => self.add_resource(timing),
            Entry::VisibilityState { start_time, hidden } => {
                self.assembly.page_states.enter(PageState::of(*hidden, true), *start_time);
                if *hidden {
                    self.visibility.on_entry_hidden(*start_time);
                }
            }
            Entry::LayoutShift(shift) => self.route(shift.start_time, entry),
            Entry::Event(event) => self.route(event.start_time, entry),
            Entry::Navigation(navigation) => {
                self.route(RelativeTime::ORIGIN, entry);
                if let Some(loaded) = navigation.load_event_end {
                    self.on_load(loaded);
                }
            }
            Entry::FirstContentfulPaint(at) => self.on_first_paint(*at, entry),
            Entry::LargestContentfulPaint(_) => self.route(RelativeTime::ORIGIN, entry),
        }
    }

    /// Of the document, or of the page that came back from the back/forward cache: unless it was
    /// hidden again before anybody saw it.
    fn on_first_paint(&mut self, at: RelativeTime, entry: &Entry<'_>) {
        let mut views = self.views.iter().rev();
        let restored = views.find(|view| view.is_restored() && view.start <= at);
        let start = restored.map_or(RelativeTime::ORIGIN, |view| view.start);
        let states = &self.assembly.page_states;
        if !restored.is_some_and(|view| view.loading.was_hidden(states, at)) {
            self.route(start, entry);
        }
    }

    /// By the time it started: a click that changes the route belongs to the page it was on.
    fn route(&mut self, at: RelativeTime, entry: &Entry<'_>) {
        let now = self.now.at;
        let Self { views, visibility, .. } = self;
        if let Some(view) = views.iter_mut().rev().find(|view| view.contains(at)) {
            view.on_entry(entry, visibility, now);
        }
    }

    pub(super) fn on_interaction_count(&mut self, count: u64) {
        self.interaction_count = count;
        if let Some(view) = self.current_mut() {
            view.metrics.on_interaction_count(count);
        }
    }

    fn add_resource(&mut self, timing: &ResourceTiming<'_>) {
        if timing.is_late_activity {
            self.on_late_request(timing.start(), timing.end());
        }
        let is_counted = self.assembly.config().track_resources;
        // The backend needs the ids of a trace even if the page wants no resources.
        if !(is_counted || timing.is_traced) || timing.is_intake_request() || !timing.is_valid() {
            return;
        }
        let at = timing.start();
        let id = self.ids.uuid();
        let special = Writer::object(|w| {
            w.nested("resource", |w| {
                w.id("id", id);
                timing.write(w);
            });
            w.nested("_dd", |w| w.flag("discarded", !is_counted));
        });
        let special = merged(&special, timing.details);
        let part = Part::new(Kind::Resource, at);
        self.emit(Part { token: timing.token, is_counted, ..part }, &special);
    }
}

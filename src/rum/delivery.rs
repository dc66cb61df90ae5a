//! Events are written, batched and sent; deadlines are kept.

use alloc::string::String;

use super::{Output, Rum};
use crate::event::Event;
use crate::json;
use crate::session;
use crate::time::RelativeTime;
use crate::view::{Counts, View};

impl Rum {
    /// The view that an event of this time belongs to; absent without one, and when its session
    /// is not to be sent.
    pub(super) fn sampled_view_at(&self, at: RelativeTime) -> Option<&View> {
        self.view_at(at).filter(|view| self.is_sampled(view))
    }

    fn is_sampled(&self, view: &View) -> bool {
        session::is_sampled(view.session_id, self.assembly.config().session_sample_rate)
    }

    /// An event of this time, still without what is special about it.
    pub(super) fn event<'a>(
        &'a self,
        kind: &'static str,
        view: &'a View,
        at: RelativeTime,
    ) -> Event<'a> {
        self.assembly.event(kind, view, self.assembly.clocks.timestamp(at), self.now)
    }

    /// Adds an event to the batch and to the counts of its view.
    pub(super) fn add(&mut self, line: String, at: RelativeTime, of: fn(&mut Counts) -> &mut u64) {
        let now = self.now.at;
        if self.batch.is_full_for(&line) {
            self.flush(false);
        }
        self.batch.add(line, now);
        if let Some(view) = self.view_at_mut(at) {
            *of(&mut view.counts) += 1;
            view.change(now);
        }
    }

    /// Adds a new version of a view to the batch.
    pub(super) fn upsert(&mut self, index: usize) {
        let now = self.now.at;
        let rate = self.assembly.config().session_sample_rate;
        if let Some(view) = self.views.get_mut(index) {
            view.update(now);
            if session::is_sampled(view.session_id, rate) {
                self.batch.upsert(view.id, now);
            }
        }
    }

    /// Sends what was collected.
    pub(super) fn flush(&mut self, is_exit: bool) {
        let Self { assembly, views, batch, outputs, now, .. } = self;
        let bodies = batch.take(|id| {
            let view = views.iter().find(|view| view.id == id)?;
            Some(json::to_string(&assembly.view_event(view, *now)))
        });
        outputs.extend(bodies.into_iter().map(|body| Output::Send { body, is_exit }));
    }

    /// The page was hidden, or is about to die: it may never come back.
    pub(super) fn on_hidden(&mut self, at: RelativeTime) {
        self.page.is_hidden = true;
        self.visibility.on_hidden(at);
        self.update_views(true);
        self.flush(true);
    }

    pub(super) fn on_terminated(&mut self) {
        self.end_view(self.now.at);
        self.update_views(true);
        self.flush(true);
    }

    /// Does what is due, and forgets what is over.
    pub(super) fn run_timers(&mut self) {
        self.update_views(false);
        if self.batch.is_due(self.now.at) {
            self.flush(false);
        }
        self.forget_views();
    }

    /// The last view stays for the one that follows it, and any whose version is still to be sent.
    fn forget_views(&mut self) {
        let Self { views, batch, now, .. } = self;
        let last = views.last().map(|view| view.id);
        views.retain(|view| {
            !view.is_forgotten(now.at) || Some(view.id) == last || batch.holds(view.id)
        });
    }

    pub(super) fn next_deadline(&self) -> Option<RelativeTime> {
        let updates = self.views.iter().filter_map(View::update_due);
        let others = [self.batch.deadline(), self.session_deadline()];
        updates.chain(others.into_iter().flatten()).reduce(|a, b| if b < a { b } else { a })
    }
}

//! Events are written, batched and sent; deadlines are kept.

use alloc::string::String;

use super::{Output, Rum};
use crate::action::Actions;
use crate::event::Kind;
use crate::id::Uuid;
use crate::intake::Admission;
use crate::json::Writer;
use crate::time::RelativeTime;
use crate::view::View;

/// An event on its way into the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// When it started.
    pub(super) at: RelativeTime,
    /// The view it belongs to, once that is known.
    pub(super) view: Uuid,
    /// What the page knows its context by.
    pub(super) token: u32,
    /// Whether it counts as an event of its view.
    pub(super) is_counted: bool,
    /// How many frustrations it tells.
    pub(super) frustrations: u64,
    /// Whether the page brings the rest of it later.
    pub(super) is_unfinished: bool,
}

impl Part {
    pub(super) fn new(kind: Kind, at: RelativeTime) -> Self {
        Self {
            kind,
            at,
            view: Uuid::default(),
            token: 0,
            is_counted: true,
            frustrations: 0,
            is_unfinished: false,
        }
    }
}

impl Rum {
    pub(super) fn is_sent(&self, view: &View) -> bool {
        let rate = self.assembly.config().session_sample_rate;
        self.session.is_sent(view.session_id, rate, self.now.timestamp())
    }

    /// Makes the event around its own part, unless there is no view of its time or its session is not
    /// to be sent.
    pub(super) fn emit(&mut self, mut part: Part, special: &str) {
        let actions = part
            .kind
            .as_child()
            .map(|child| self.actions.ids_at(Some(Actions::instant(child, part.at))))
            .unwrap_or_default();
        let Some(view) = self.view_at(part.at).filter(|view| self.is_sent(view)) else { return };
        let Part { kind, at, .. } = part;
        let event = self.assembly.event(kind, view, at, self.now, &actions, special);
        part.view = view.id;
        if part.is_unfinished {
            // Its actions may be over when the rest comes.
            if !self.assembly.config().has_before_send {
                self.count_in_actions(&part);
            }
            self.review(part, event, String::new());
        } else {
            self.offer(part, event);
        }
    }

    /// Adds an event to the batch, if `beforeSend` agrees.
    pub(super) fn offer(&mut self, part: Part, event: String) {
        // What does not fit into the batch whose views are completed comes back when that has left.
        let is_late = self.assembly.config().completes_views && self.batch.is_full_for(&event);
        if is_late {
            self.flush(false);
        }
        if is_late || self.assembly.config().has_before_send {
            self.review(part, String::new(), event);
        } else {
            self.accept(&part, event);
        }
    }

    /// Adds an event to the batch and to the counts of its view.
    pub(super) fn accept(&mut self, part: &Part, line: String) {
        let now = self.now.at;
        let admission = if part.kind.is_limited() {
            self.limits.admit(part.kind as usize, now)
        } else {
            Admission::Granted
        };
        match admission {
            Admission::Granted => self.add(part, line),
            Admission::Exhausted => self.report_limit(part.kind),
            Admission::Refused => {}
        }
    }

    /// An error of the SDK's own, in the official words.
    fn report_limit(&mut self, kind: Kind) {
        let mut message = String::from("Reached max number of ");
        message.push_str(kind.name());
        message.push_str("s by minute: 3000");
        let id = self.ids.uuid();
        let special = Writer::object(|w| {
            w.nested("error", |w| {
                w.id("id", id);
                w.text("message", &message);
                w.text("source", "agent");
                w.text("source_type", "browser");
            });
        });
        let mut part = Part::new(Kind::Error, self.now.at);
        if let Some(view) = self.view_at(part.at) {
            let event = self.assembly.event(Kind::Error, view, part.at, self.now, &[], &special);
            part.view = view.id;
            self.add(&part, event);
        }
    }

    fn add(&mut self, part: &Part, line: String) {
        let now = self.now.at;
        if self.batch.is_full_for(&line) {
            self.flush(false);
        }
        self.batch.add(line, now);
        if !part.is_counted {
            return;
        }
        if !part.is_unfinished || self.assembly.config().has_before_send {
            self.count_in_actions(part);
        }
        if let Some(view) = self.views.iter_mut().find(|view| view.id == part.view) {
            view.counts.add(part.kind);
            view.counts.frustration += part.frustrations;
            view.change(now);
        }
    }

    fn count_in_actions(&mut self, part: &Part) {
        if let Some(child) = part.kind.as_child() {
            self.actions.count(child, part.at);
        }
    }

    /// Adds a new version of a view to the batch.
    pub(super) fn upsert(&mut self, index: usize) {
        let now = self.now.at;
        if let Some(view) = self.views.get_mut(index) {
            view.update(now);
        }
        if let Some(view) = self.views.get(index).filter(|view| self.is_sent(view)) {
            self.batch.upsert(view.id, now);
        }
    }

    pub(super) fn upsert_last(&mut self) {
        self.upsert(self.views.len() - 1);
    }

    /// Sends what was collected.
    pub(super) fn deliver(&mut self, is_exit: bool) {
        self.reviews.is_delivering = false;
        let mut reviewed = core::mem::take(&mut self.reviews.views);
        let Self { assembly, views, batch, outputs, now, .. } = self;
        let config = assembly.config();
        let bodies = batch.take(|id| {
            let view = views.iter_mut().find(|view| view.id == id)?;
            let event = if !config.completes_views {
                assembly.view_event(view, *now)
            } else if let Some(index) = reviewed.iter().position(|(known, _)| *known == id) {
                reviewed.swap_remove(index).1
            } else {
                // Changed since the reviews began: another time.
                view.change(now.at);
                return None;
            };
            let (version, is_active) = (view.document_version, view.is_active());
            if config.sends_view_updates {
                view.sent.line(event, version, is_active)
            } else {
                Some(event)
            }
        });
        for body in bodies {
            outputs.push(Output::Send { body, is_exit });
        }
    }

    /// The page was hidden, or is about to die: it may never come back.
    pub(super) fn on_hidden(&mut self, at: RelativeTime) {
        self.page.is_hidden = true;
        self.enter_page_state(at);
        self.actions.interrupt(false, at);
        self.report_actions();
        self.visibility.on_hidden(at);
        self.leave();
    }

    /// The page may never come back: all that is known is sent.
    pub(super) fn leave(&mut self) {
        self.update_views(true);
        self.flush(true);
    }

    pub(super) fn on_terminated(&mut self) {
        self.end_view(self.now.at);
        self.leave();
    }

    /// Does what is due, and forgets what is over.
    pub(super) fn run_timers(&mut self) {
        self.update_views(false);
        let is_immediate = self.assembly.config().is_immediate && self.batch.deadline().is_some();
        if is_immediate || self.batch.is_due(self.now.at) {
            self.flush(false);
        }
        self.forget_views();
        self.observe_activity();
    }

    /// The oldest first. The last view stays for the one that follows it, and any whose version is
    /// still to be sent.
    fn forget_views(&mut self) {
        let Self { views, batch, now, .. } = self;
        while let [view, _, ..] = &views[..]
            && view.is_forgotten(now.at)
            && !batch.holds(view.id)
        {
            views.remove(0);
        }
    }

    /// When to come back with [`Input::Wake`](crate::page::Input::Wake); never, unless there is
    /// something to wait for.
    pub fn next_deadline(&self) -> RelativeTime {
        let mut next = RelativeTime::NEVER;
        let mut wait_for =
            |due: Option<RelativeTime>| next = next.min(due.unwrap_or(RelativeTime::NEVER));
        wait_for(self.batch.deadline());
        wait_for(self.session_deadline());
        wait_for(self.actions.deadline());
        for view in &self.views {
            wait_for(view.update_due());
            wait_for(view.loading.deadline());
        }
        next
    }
}

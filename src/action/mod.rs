//! Actions: what the user did, or what the page says that was done, with what it led to.
//!
//! In go pointer events, page activity and the page's calls; out come finished [`Action`]s. While
//! an action lasts, errors, resources and long tasks belong to it: [`Actions::ids_at`] is what to
//! write on them, [`Actions::count`] what to tell when they were reported.
//!
//! Reference: `@datadog/browser-rum-core` 7.16, `domain/action` and `domain/eventTracker`. Deliberate
//! differences are said where they are.

mod chain;
mod click;
mod gesture;
mod manual;
mod span;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::activity::Activity;
use crate::id::Uuid;
use crate::time::{Duration, RelativeTime};

use click::Clicks;
pub use gesture::{Description, Press};
pub use manual::Call;
use manual::Running;
use span::Spans;

/// The timestamp of a long task may be a little before that of the input whose handler it was
/// (`LONG_TASK_START_TIME_CORRECTION`).
const LONG_TASK_CORRECTION: Duration = Duration::from_millis(1.0);

/// Something that happened during actions.
#[allow(missing_docs, reason = "the kinds of event")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Child {
    Error,
    Resource,
    LongTask,
}

/// How much happened during an action.
#[allow(missing_docs, reason = "the kinds of event")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub error: u64,
    pub resource: u64,
    pub long_task: u64,
}

/// An action that is over, to be reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Action {
    /// `action.id`
    pub id: Uuid,
    /// `action.target.name`
    pub name: String,
    /// `action.type`; empty for a click.
    pub r#type: String,
    /// When it began.
    pub start: RelativeTime,
    /// `action.loading_time`; absent when a click led to nothing.
    pub duration: Option<Duration>,
    /// What happened meanwhile.
    pub counts: Counts,
    /// `action.frustration.type`
    pub frustrations: Vec<&'static str>,
    /// A click's `_dd.action`, as the page described it, or the context of what the page reported: JSON
    /// text.
    pub details: String,
}

/// The actions that are under way.
#[derive(Debug, Default)]
pub struct Actions {
    clicks: Clicks,
    running: Vec<Running>,
    spans: Spans,
    finished: Vec<Action>,
}

impl Actions {
    /// The primary pointer went down, or a key is about to click: a new gesture.
    pub fn on_pointer_down(&mut self, now: RelativeTime) {
        self.clicks.on_pointer_down(now);
    }

    /// The primary pointer went up, or a key clicked: the gesture is a click, under this id. `at` is
    /// the event's own time.
    pub fn on_pointer_up(&mut self, press: Press, id: Uuid, at: RelativeTime, now: RelativeTime) {
        if self.clicks.on_pointer_up(press, at, now, id) {
            self.spans.open(id, at);
            self.settle(now);
        }
    }

    /// What the last gesture was made on; absent when that is nobody's business, and the gesture
    /// then never was.
    pub fn on_described(&mut self, description: Option<Description<'_>>) {
        if let Some(description) = description {
            self.clicks.on_described(description);
        } else if let Some(id) = self.clicks.forget() {
            self.spans.remove(id);
        }
    }

    /// Since the last gesture began, the user changed the selection (1), entered something (2) or
    /// scrolled (4).
    pub fn on_user_activity(&mut self, seen: u8) {
        self.clicks.on_user_activity(seen);
    }

    /// The page is at work.
    pub fn on_activity(&mut self, activity: Activity, at: RelativeTime) {
        self.clicks.on_activity(activity, at);
    }

    /// A request of which is known only afterwards from when to when it was under way.
    pub fn on_request(&mut self, start: RelativeTime, end: RelativeTime) {
        self.clicks.on_request(start, end);
    }

    /// The time has come, or may have. From a timer's task only: see [`crate::activity::Wait`].
    pub fn on_timer(&mut self, now: RelativeTime) {
        self.clicks.on_timer(now);
        self.settle(now);
    }

    /// When to call [`Actions::on_timer`].
    pub fn deadline(&self) -> Option<RelativeTime> {
        let deadline = self.clicks.deadline();
        (deadline < RelativeTime::NEVER).then_some(deadline)
    }

    /// Whether page activity matters now.
    pub fn is_waiting(&self) -> bool {
        self.clicks.is_waiting()
    }

    /// All clicks end now: their view ends or the page is left (`is_effect`, and taken for what
    /// they led to, as in the official SDK), or the page is hidden.
    ///
    /// Unlike there, hiding is not taken for activity: what had not ended keeps the time of the
    /// activity that was seen, or has none, and is not called dead.
    pub fn interrupt(&mut self, is_effect: bool, at: RelativeTime) {
        self.clicks.interrupt(is_effect, at);
        self.settle(at);
    }

    /// `startAction`. An action that runs under the same key is forgotten.
    pub fn start(&mut self, call: Call<'_>, id: Uuid, at: RelativeTime) {
        if let Some(forgotten) = manual::take(&mut self.running, call.key) {
            self.spans.remove(forgotten.id);
        }
        self.spans.open(id, at);
        let mut action = Action { id, start: at, ..Action::default() };
        call.name.clone_into(&mut action.name);
        call.r#type.clone_into(&mut action.r#type);
        call.context.clone_into(&mut action.details);
        self.running.push(Running { key: call.key.to_owned(), action });
    }

    /// `stopAction`. Without an action under this key, nothing.
    pub fn stop(&mut self, call: Call<'_>, at: RelativeTime) {
        if let Some(action) = manual::take(&mut self.running, call.key) {
            self.spans.close(action.id, at);
            self.finished.push(manual::finish(action, call, at));
        }
    }

    /// Another session begins: what runs is forgotten. Clicks have ended with their view.
    pub fn on_session_renewed(&mut self) {
        self.running.clear();
        self.spans.clear();
    }

    /// The actions during which this happened; absent for now.
    pub fn ids_at(&self, at: Option<RelativeTime>) -> Vec<Uuid> {
        self.spans.ids_at(at.unwrap_or(RelativeTime::NEVER))
    }

    /// Where to look for the actions of an event with this time.
    pub fn instant(child: Child, at: RelativeTime) -> RelativeTime {
        if child == Child::LongTask { at + LONG_TASK_CORRECTION } else { at }
    }

    /// An event was reported. Later ones count too as long as the action was not, unlike in the
    /// official SDK, which does not look back.
    pub fn count(&mut self, child: Child, at: RelativeTime) {
        let at = Self::instant(child, at);
        self.clicks.count(child, at);
        for Running { action, .. } in &mut self.running {
            if action.start <= at {
                action.counts.add(child);
            }
        }
    }

    /// The actions that are over since the last call.
    pub fn take_finished(&mut self) -> Vec<Action> {
        core::mem::take(&mut self.finished)
    }

    fn settle(&mut self, now: RelativeTime) {
        self.clicks.settle(now, &mut self.spans, &mut self.finished);
    }
}

impl Counts {
    fn add(&mut self, child: Child) {
        *match child {
            Child::Error => &mut self.error,
            Child::Resource => &mut self.resource,
            Child::LongTask => &mut self.long_task,
        } += 1;
    }
}

#[cfg(test)]
mod tests;

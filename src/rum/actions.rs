//! Clicks and timed actions, and what they wait for: page activity, which loading times wait for too.

use super::delivery::Part;
use super::{Output, Rum};
use crate::action::Action;
use crate::activity::Activity;
use crate::event::Kind;
use crate::json::Writer;
use crate::page::Gesture;
use crate::time::RelativeTime;

impl Rum {
    pub(super) fn on_gesture(&mut self, gesture: Gesture<'_>, at: RelativeTime) {
        match gesture {
            Gesture::Begin => self.actions.on_pointer_down(self.now.at),
            Gesture::Click(press) => {
                let id = self.ids.uuid();
                self.actions.on_pointer_up(press, id, at, self.now.at);
            }
            Gesture::Described(description) => self.actions.on_described(description),
            Gesture::Answered(how) => self.actions.on_user_activity(how),
        }
        self.report_actions();
    }

    pub(super) fn on_page_activity(&mut self, activity: Activity, at: RelativeTime) {
        self.actions.on_activity(activity, at);
        self.views.iter_mut().for_each(|view| view.loading.on_activity(activity, at));
    }

    pub(super) fn on_load(&mut self, at: RelativeTime) {
        if let Some(view) = self.views.first_mut() {
            view.loading.on_load(at);
        }
    }

    /// A request that nobody told of when it began.
    pub(super) fn on_late_request(&mut self, start: RelativeTime, end: RelativeTime) {
        let now = self.now.at;
        self.actions.on_request(start, end);
        for view in &mut self.views {
            if view.loading.on_request(start, end) {
                view.change(now);
            }
        }
    }

    /// In a task of its own: what was active until a moment ago has told so before.
    pub(super) fn on_timer(&mut self) {
        let now = self.now.at;
        for view in &mut self.views {
            if view.loading.on_timer(now) {
                view.change(now);
            }
        }
        self.actions.on_timer(now);
        self.report_actions();
    }

    pub(super) fn report_actions(&mut self) {
        for action in self.actions.take_finished() {
            let part = Part::new(Kind::Action, action.start);
            let frustrations = action.frustrations.len() as u64;
            self.emit(Part { frustrations, ..part }, &special(&action));
        }
    }

    /// Page activity is only observed while somebody waits for its end.
    pub(super) fn observe_activity(&mut self) {
        let mut loadings = self.views.iter().map(|view| &view.loading);
        let is_waiting =
            self.actions.is_waiting() || loadings.any(|loading| loading.deadline().is_some());
        if is_waiting != self.is_observing {
            self.is_observing = is_waiting;
            self.outputs.push(Output::Observe(is_waiting));
        }
    }
}

fn special(action: &Action) -> alloc::string::String {
    let is_click = action.r#type.is_empty();
    Writer::object(|w| {
        w.nested("action", |w| {
            w.id("id", action.id);
            w.text("type", if is_click { "click" } else { &action.r#type });
            w.nested("target", |w| w.text("name", &action.name));
            w.some_span("loading_time", action.duration);
            w.count("error", action.counts.error);
            w.count("long_task", action.counts.long_task);
            w.count("resource", action.counts.resource);
            w.nested("frustration", |w| w.texts("type", &action.frustrations));
        });
        if is_click {
            w.nested("_dd", |w| w.raw("action", &action.details));
        } else {
            w.raw("context", &action.details);
        }
    })
}

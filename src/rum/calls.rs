//! What the page calls becomes events, or changes its view.

use alloc::borrow::ToOwned;

use super::Rum;
use super::delivery::Part;
use crate::event::Kind;
use crate::json::Writer;
use crate::json::read::merged;
use crate::page::Call;
use crate::page_state::PageState;
use crate::time::{Duration, RelativeTime};
use crate::view::{LoadingType, View};

/// A time below this cannot be a date: it counts from the time origin (`@datadog/browser-rum-core`
/// 7.16, `view/trackCustomerTimings`).
const YEAR: Duration = Duration::from_mins(365 * 24 * 60);

impl Rum {
    pub(super) fn on_call(&mut self, call: Call<'_>, at: RelativeTime) {
        if !self.has_consent {
            return;
        }
        match call {
            Call::AddAction { name, context, token } => {
                self.add_action(name, context, token, at);
            }
            Call::StartAction(call) => {
                let id = self.ids.uuid();
                self.actions.start(call, id, at);
            }
            Call::StopAction(call) => {
                self.actions.stop(call, at);
                self.report_actions();
            }
            Call::SetViewLoadingTime => {
                self.change_view(|view| view.loading.set(at.saturating_since(view.start)));
            }
            Call::AddEvent { kind, part, over, duration, token, is_unfinished } => {
                let states = &self.assembly.page_states;
                let is_valid =
                    duration == Duration::ZERO || !states.was(PageState::Frozen, at, at + duration);
                if is_valid {
                    let special = merged(part, over);
                    self.emit(Part { token, is_unfinished, ..Part::new(kind, at) }, &special);
                }
            }
            Call::AddTiming { name, time } => self.add_timing(name, time, at),
            Call::StartView { options, url } => {
                // Without any so far it is the document's, whenever the page got to say so.
                let (loading_type, start) = match self.views.is_empty() {
                    true => (LoadingType::InitialLoad, self.page.activation_start),
                    false => (LoadingType::RouteChange, at),
                };
                self.start_view(loading_type, start);
                let Some(view) = self.current_mut() else { return };
                options.name.clone_into(&mut view.options.name);
                options.service.clone_into(&mut view.options.service);
                options.version.clone_into(&mut view.options.version);
                options.context.clone_into(&mut view.options.context);
                // Of this view only: the page is still where it was.
                if !url.is_empty() {
                    view.set_url(url);
                }
            }
            Call::SetViewName(name) => {
                self.change_view(|view| name.clone_into(&mut view.options.name));
                // At once, as in the official SDK: names are what dashboards group by.
                if self.current().is_some() {
                    self.upsert_last();
                }
            }
            Call::SetViewContext(context) => {
                self.change_view(|view| context.clone_into(&mut view.options.context));
            }
            Call::AddFeatureFlagEvaluation { key, value } => {
                self.change_view(|view| view.add_flag(key, value));
            }
        }
    }

    pub(super) fn change_view(&mut self, change: impl FnOnce(&mut View)) {
        let now = self.now.at;
        if let Some(view) = self.current_mut() {
            change(view);
            view.change(now);
        }
    }

    fn add_action(&mut self, name: &str, context: &str, token: u32, at: RelativeTime) {
        let id = self.ids.uuid();
        let special = Writer::object(|w| {
            w.nested("action", |w| {
                w.id("id", id);
                w.text("type", "custom");
                w.nested("target", |w| w.text("name", name));
                w.nested("frustration", |w| w.texts("type", &[]));
            });
            w.raw("context", context);
        });
        self.emit(Part { token, ..Part::new(Kind::Action, at) }, &special);
    }

    fn add_timing(&mut self, name: &str, time: Option<f64>, at: RelativeTime) {
        let Some(start) = self.current().map(|view| view.start) else { return };
        let span = match time {
            None => at - start,
            Some(millis) if millis < YEAR.as_millis() => Duration::from_millis(millis),
            Some(epoch_millis) => self.assembly.clocks.relative(epoch_millis) - start,
        };
        self.change_view(|view| view.add_timing(name, span));
    }
}

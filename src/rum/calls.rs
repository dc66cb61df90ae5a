//! What the page calls becomes events, or changes its view.

use alloc::string::String;

use super::{Output, Rum};
use crate::assembly::Assembly;
use crate::error_event::Report;
use crate::event::{Action, Target};
use crate::json::{self, Raw};
use crate::page::Call;
use crate::time::{Duration, RelativeTime};
use crate::view::{LoadingType, View};

/// A time below this cannot be a date: it counts from the time origin (`@datadog/browser-rum-core`
/// 7.16, `view/trackCustomerTimings`).
const YEAR: Duration = Duration::from_mins(365 * 24 * 60);

impl Rum {
    pub(super) fn on_call(&mut self, call: Call, at: RelativeTime) {
        if !self.has_consent {
            return;
        }
        match call {
            Call::AddAction { name, context } => self.add_action(&name, &context, at),
            Call::AddError { report, context } => self.add_error(&report, &context, at),
            Call::AddTiming { name, time } => self.add_timing(&name, time, at),
            Call::StartView { options, url } => {
                self.start_view(LoadingType::RouteChange, at, options);
                // Of this view only: the page is still where it was.
                if let (Some(url), Some(view)) = (url, self.current_mut()) {
                    view.url = url;
                }
            }
            Call::SetViewName(name) => {
                self.change_view(|view| view.options.name = Some(name));
                // At once, as in the official SDK: names are what dashboards group by.
                if self.current().is_some() {
                    self.upsert(self.views.len() - 1);
                }
            }
            Call::SetViewContext(context) => {
                self.change_view(|view| view.options.context = context);
            }
            Call::AddFeatureFlagEvaluation { key, value } => {
                self.change_view(|view| view.add_flag(&key, value));
            }
        }
    }

    fn change_view(&mut self, change: impl FnOnce(&mut View)) {
        let now = self.now.at;
        if let Some(view) = self.current_mut() {
            change(view);
            view.change(now);
        }
    }

    fn add_action(&mut self, name: &str, context: &Raw, at: RelativeTime) {
        let id = self.ids.uuid();
        let Some(view) = self.sampled_view_at(at) else { return };
        let mut event = self.event("action", view, at);
        event.action = Some(Action { id, r#type: "custom", target: Target { name } });
        event.context = self.assembly.merged_context(view, context);
        event.view.in_foreground = Some(self.assembly.in_foreground);
        let line = json::to_string(&event);
        self.add(line, at, |counts| &mut counts.action);
    }

    fn add_error(&mut self, report: &Report, context: &Raw, at: RelativeTime) {
        let Some(error) = report.to_error(self.ids.uuid()) else { return };
        let Some(view) = self.sampled_view_at(at) else { return };
        let mut event = self.event("error", view, at);
        event.error = Some(error);
        event.context = self.assembly.merged_context(view, context);
        event.view.in_foreground = Some(self.assembly.in_foreground);
        event.feature_flags = Assembly::flags(view);
        let line = json::to_string(&event);
        self.add(line, at, |counts| &mut counts.error);
    }

    fn add_timing(&mut self, name: &str, time: Option<f64>, at: RelativeTime) {
        let moment = match time {
            None => at,
            Some(millis) if millis < YEAR.as_millis() => RelativeTime::from_millis(millis),
            Some(epoch_millis) => self.assembly.clocks.relative(epoch_millis),
        };
        let mut is_renamed = false;
        self.change_view(|view| is_renamed = view.add_timing(name, moment));
        if is_renamed {
            let mut text = String::from("the name of the timing \"");
            text.push_str(name);
            text.push_str(
                "\" has characters that a facet cannot have: they are replaced by \"_\". \
                 Use letters, digits and -_.@$",
            );
            self.outputs.push_back(Output::Warn(text));
        }
    }
}

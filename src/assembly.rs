//! What all events share: application, session, user, contexts, tags. Trackers and the page make
//! the part that is special; this makes the event around it.

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::config::Config;
use crate::event::Kind;
use crate::id::Uuid;
use crate::json::Writer;
use crate::json::read::merged;
use crate::page_state::PageStates;
use crate::time::{Clocks, Now, RelativeTime};
use crate::view::View;

/// A context that belongs to the page rather than to one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// `context` of all events.
    Global,
    /// `usr`
    User,
    /// `account`
    Account,
    /// Parts of all events that never change: application, service, tags, configuration…
    Base,
    /// Parts of views that never change: device, privacy…
    ViewBase,
    /// `connectivity`: `status`, `effective_type`.
    Connectivity,
    /// `display`: `viewport`.
    Display,
}

/// The part that all events share.
#[derive(Clone, Debug)]
pub struct Assembly {
    config: Config,
    anonymous_id: Option<Uuid>,
    /// What the page was when.
    pub page_states: PageStates,
    /// Converts the times of events.
    pub clocks: Clocks,
    contexts: [String; 7],
    /// What all events have until a context changes: [`Context::Base`] with the other contexts.
    shared: String,
}

impl Assembly {
    /// Without contexts yet.
    pub fn new(config: Config, clocks: Clocks) -> Self {
        Self {
            config,
            anonymous_id: None,
            page_states: PageStates::default(),
            clocks,
            contexts: Default::default(),
            shared: String::new(),
        }
    }

    /// What the page configured.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// What of it may change later: how events are delivered.
    pub const fn config_mut(&mut self) -> &mut Config {
        &mut self.config
    }

    /// Replaces a context, by JSON text.
    pub fn set_context(&mut self, context: Context, value: &str) {
        if let Some(slot) = self.contexts.get_mut(context as usize) {
            value.clone_into(slot);
        }
        self.share();
    }

    /// `usr.anonymous_id`; absent unless anonymous users are tracked.
    pub fn set_anonymous_id(&mut self, id: Option<Uuid>) {
        self.anonymous_id = id;
        self.share();
    }

    /// Once for many events.
    fn share(&mut self) {
        let contexts = Writer::object(|w| {
            w.raw("usr", &self.user());
            w.raw("account", self.context(Context::Account));
            w.raw("context", self.context(Context::Global));
            w.raw("connectivity", self.context(Context::Connectivity));
            w.raw("display", self.context(Context::Display));
        });
        self.shared = merged(self.context(Context::Base), &contexts);
    }

    fn context(&self, context: Context) -> &str {
        self.contexts.get(context as usize).map_or("", |text| text)
    }

    /// The event around `special`, its own part: an object whose members win over what all events
    /// have. `actions` are those that may have caused it.
    pub fn event(
        &self,
        kind: Kind,
        view: &View,
        at: RelativeTime,
        now: Now,
        actions: &[Uuid],
        special: &str,
    ) -> String {
        let is_view = kind == Kind::View;
        let own = Writer::object(|w| {
            w.text("type", kind.name());
            w.whole("date", if is_view { view.date } else { self.clocks.timestamp(at) });
            w.nested("session", |w| w.id("id", view.session_id));
            w.nested("view", |w| {
                view.write_reference(w, at);
                if kind.has_foreground() {
                    w.flag("in_foreground", self.page_states.was_active(at));
                }
            });
            w.nonempty("service", &view.options.service);
            w.nonempty("version", &view.options.version);
            w.nested("action", |w| w.ids("id", actions));
            w.raw("context", &view.options.context);
            if self.config.has_flags(kind) {
                w.raw("feature_flags", view.flags());
            }
            w.nested("_dd", |w| w.decimal("drift", self.clocks.drift(now)));
        });
        merged(&self.shared, &merged(&own, special))
    }

    /// The view's own event, which tells what has changed so far.
    #[inline(never)]
    pub fn view_event(&self, view: &mut View, now: Now) -> String {
        view.tell_changes(now.at);
        let special = Writer::object(|w| view.write(w, &self.page_states, now.at));
        let special = merged(self.context(Context::ViewBase), &special);
        self.event(Kind::View, view, view.start, now, &[], &special)
    }

    fn user(&self) -> String {
        let anonymous = self.anonymous_id.map(|id| Writer::object(|w| w.id("anonymous_id", id)));
        merged(anonymous.as_deref().unwrap_or_default(), self.context(Context::User))
    }
}

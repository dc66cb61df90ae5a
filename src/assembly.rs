//! What all events share: application, session, user, contexts, tags. Trackers make the part that
//! is special; this makes the event around it.

use alloc::string::String;

use crate::config::Config;
use crate::event::{self, Event};
use crate::id::Uuid;
use crate::json::{Raw, read};
use crate::time::{Clocks, Now, TimeStamp};
use crate::view::View;

/// `_dd.sdk_name`
const SDK_NAME: &str = "ferrum";
/// Of the wire format (`rum-events-format`), the only one there is.
const FORMAT_VERSION: u64 = 2;

/// A context that belongs to the page rather than to one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// `context` of all events.
    Global,
    /// `usr`
    User,
    /// `account`
    Account,
    /// `device`, on views: `locale`, `locales`, `time_zone`.
    Device,
    /// `connectivity`: `status`, `effective_type`.
    Connectivity,
    /// `display`: `viewport`.
    Display,
}

/// The part that all events share.
#[derive(Clone, Debug)]
pub struct Assembly {
    config: Config,
    ddtags: String,
    tab_id: Uuid,
    /// `usr.anonymous_id`; absent unless anonymous users are tracked.
    pub anonymous_id: Option<Uuid>,
    /// Whether the page is visible and focused.
    pub in_foreground: bool,
    /// Converts the times of events.
    pub clocks: Clocks,
    contexts: [Raw; 6],
}

impl Assembly {
    /// Without contexts yet.
    pub fn new(config: Config, tab_id: Uuid, clocks: Clocks) -> Self {
        Self {
            ddtags: tags(&config),
            config,
            tab_id,
            anonymous_id: None,
            in_foreground: false,
            clocks,
            contexts: core::array::from_fn(|_| Raw::default()),
        }
    }

    /// What the page configured.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Replaces a context.
    pub fn set_context(&mut self, context: Context, value: Raw) {
        if let Some(slot) = self.contexts.get_mut(context as usize) {
            *slot = value;
        }
    }

    fn context(&self, context: Context) -> Option<&Raw> {
        self.contexts.get(context as usize).filter(|raw| !raw.is_empty())
    }

    /// An event of a view, still without its special part.
    pub fn event<'a>(
        &'a self,
        r#type: &'static str,
        view: &'a View,
        date: TimeStamp,
        now: Now,
    ) -> Event<'a> {
        Event {
            r#type,
            date,
            application: event::Application { id: &self.config.application_id },
            source: "browser",
            service: view.options.service.as_ref().unwrap_or(&self.config.service),
            version: view.options.version.as_ref().or(self.config.version.as_ref()).map(|v| &**v),
            ddtags: &self.ddtags,
            session: event::Session { id: view.session_id, r#type: "user", is_active: None },
            view: view.to_reference(),
            error: None,
            action: None,
            resource: None,
            usr: self.user(),
            account: self.context(Context::Account),
            context: self.merged_context(view, &Raw::default()),
            feature_flags: None,
            connectivity: self.context(Context::Connectivity),
            display: self.context(Context::Display),
            device: None,
            privacy: None,
            tab: Some(event::Tab { id: self.tab_id }),
            _dd: self.internal(now),
        }
    }

    /// The view's own event.
    pub fn view_event<'a>(&'a self, view: &'a View, now: Now) -> Event<'a> {
        let mut event = self.event("view", view, view.date, now);
        event.view = view.to_event(now.at);
        event.session.is_active = view.is_session_over.then_some(false);
        event.feature_flags = Self::flags(view);
        event.device = self.context(Context::Device);
        event.privacy = Some(event::Privacy { replay_level: self.config.default_privacy_level });
        event._dd.document_version = Some(view.document_version);
        event
    }

    /// The flags of a view, which its errors carry too.
    pub fn flags(view: &View) -> Option<&event::Flags> {
        Some(&view.flags).filter(|flags| !flags.0.is_empty())
    }

    /// `context`: the page's, then the view's, then the event's own, deeply merged.
    pub fn merged_context(&self, view: &View, own: &Raw) -> Option<Raw> {
        let contexts = [self.context(Context::Global), Some(&view.options.context), Some(own)];
        contexts.into_iter().flatten().filter(|raw| !raw.is_empty()).fold(None, |merged, raw| {
            Some(match merged {
                None => raw.clone(),
                Some(Raw(base)) => merge(&base, &raw.0),
            })
        })
    }

    fn user(&self) -> Option<Raw> {
        let user = self.context(Context::User);
        let Some(anonymous_id) = self.anonymous_id else {
            return user.cloned();
        };
        let mut text = String::from("{\"anonymous_id\":\"");
        anonymous_id.write(&mut text);
        text.push_str("\"}");
        Some(match user {
            None => Raw(text),
            Some(user) => merge(&text, &user.0),
        })
    }

    fn internal(&self, now: Now) -> event::Internal {
        event::Internal {
            format_version: FORMAT_VERSION,
            drift: self.clocks.drift(now),
            sdk_name: SDK_NAME,
            configuration: event::Configuration {
                session_sample_rate: self.config.session_sample_rate,
                session_replay_sample_rate: 0,
                trace_sample_rate: self.config.trace_sample_rate,
            },
            document_version: None,
            discarded: None,
        }
    }
}

fn merge(base: &str, over: &str) -> Raw {
    let mut out = String::with_capacity(base.len() + over.len());
    read::merge(&mut out, base, over);
    Raw(out)
}

/// `ddtags`, in the official order. A comma would end a tag, so it becomes `_`.
fn tags(config: &Config) -> String {
    let mut tags = String::from("sdk_version:");
    tags.push_str(env!("CARGO_PKG_VERSION"));
    let values = [
        (",env:", config.env.as_deref()),
        (",service:", Some(config.service.as_str())),
        (",version:", config.version.as_deref()),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            tags.push_str(name);
            tags.extend(value.chars().map(|c| if c == ',' { '_' } else { c }));
        }
    }
    tags
}

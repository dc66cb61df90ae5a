//! The engine: routes an input to those it concerns and collects their outputs. The only file
//! where the parts meet.
//!
//! The contract is in the crate's documentation: **one input, drain, next input.**

mod calls;
mod delivery;
mod entries;
mod sessions;
mod views;

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::VecDeque;

use crate::assembly::Assembly;
use crate::config::{Config, ConfigError};
use crate::id::{Ids, Uuid};
use crate::intake::Batch;
use crate::json::{self, Raw};
use crate::metric::visibility::Visibility;
use crate::page::{Input, Page};
use crate::session;
use crate::time::{Clocks, Now, RelativeTime};
use crate::view::View;

/// What the engine wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send this body to the intake.
    Send {
        /// JSON, an event a line.
        body: String,
        /// Whether the page may die before an ordinary request is done.
        is_exit: bool,
    },
    /// Keep this text in the cookie `_dd_s_v2`.
    Store(String),
    /// Tell the developer.
    Warn(String),
    /// All is done: come back with [`Input::Wake`] at this time, if any.
    Wake(Option<RelativeTime>),
}

/// The engine of one page.
#[derive(Debug)]
pub struct Rum {
    assembly: Assembly,
    session: session::Tracker,
    has_consent: bool,
    ids: Ids,
    page: Page,
    visibility: Visibility,
    interaction_count: Option<u64>,
    /// In order of their start; the last one is the current view unless it ended.
    views: Vec<View>,
    batch: Batch<Uuid>,
    outputs: VecDeque<Output>,
    now: Now,
}

impl Rum {
    /// An engine with an initial view.
    ///
    /// # Errors
    ///
    /// The options that make it impossible, as sentences for the console.
    pub fn start(options: &str, page: Page, cookie: &str, now: Now) -> Result<Self, Vec<String>> {
        let (config, errors) = Config::from_json(options);
        let messages: Vec<String> = errors.iter().map(ConfigError::message).collect();
        let Some(config) = config else {
            return Err(messages);
        };
        let mut ids = Ids::new(page.seed);
        let track_anonymous_user = config.track_anonymous_user;
        let session =
            session::Tracker::start(cookie, track_anonymous_user, &mut ids, now.timestamp());
        let mut assembly = Assembly::new(config, page.tab_id, Clocks::new(page.time_origin));
        assembly.in_foreground = !page.is_hidden && page.is_focused;
        assembly.clocks.observe(now);
        let mut rum = Self {
            assembly,
            session,
            has_consent: true,
            ids,
            visibility: Visibility::new(page.activation_start, page.is_hidden.then_some(now.at)),
            page,
            interaction_count: None,
            views: Vec::new(),
            batch: Batch::default(),
            outputs: messages.into_iter().map(Output::Warn).collect(),
            now,
        };
        rum.store_session();
        rum.start_initial_view();
        Ok(rum)
    }

    /// Takes one input. Drain the outputs before the next one.
    pub fn handle_input(&mut self, input: Input, now: Now) {
        self.now = now;
        self.assembly.clocks.observe(now);
        match input {
            Input::Entries(entries) if self.has_consent => {
                entries.iter().for_each(|entry| self.on_entry(entry));
            }
            Input::Entries(_) => {}
            Input::InteractionCount(count) => self.on_interaction_count(count),
            Input::UserInput(at) => self.finalize_lcp(at),
            Input::Activity { cookie } => self.on_activity(&cookie),
            Input::Wake { cookie } => self.on_session_deadline(&cookie),
            Input::Visible => self.page.is_hidden = false,
            Input::Hidden(at) => self.on_hidden(at),
            Input::Terminated => self.on_terminated(),
            Input::Focused(is_focused) => self.page.is_focused = is_focused,
            Input::Restored(at) => self.on_restored(at),
            Input::UrlChanged { url, is_anchor } => self.on_url_changed(url, is_anchor),
            Input::Consent { is_granted, cookie } => self.set_consent(is_granted, &cookie),
            Input::Context(context, value) => self.assembly.set_context(context, value),
            Input::Call(at, call) => self.on_call(call, at),
            Input::Stop => self.on_terminated(),
        }
        self.assembly.in_foreground = !self.page.is_hidden && self.page.is_focused;
        self.run_timers();
    }

    /// The next thing to do. [`Output::Wake`] comes last, and again until there is an input.
    pub fn poll_output(&mut self) -> Output {
        self.outputs.pop_front().unwrap_or_else(|| Output::Wake(self.next_deadline()))
    }

    /// The current view's own context, as JSON text; absent when it has none.
    pub fn view_context(&self) -> Option<String> {
        let Raw(text) = &self.current()?.options.context;
        (!text.is_empty()).then(|| text.clone())
    }

    /// Which application, session and view were current at this time (now when absent), as JSON
    /// text; absent when there were none. `getInternalContext` of the official SDK.
    pub fn internal_context(&self, at: Option<RelativeTime>) -> Option<String> {
        let view = match at {
            None => self.current(),
            Some(at) => self.view_at(at),
        }?;
        let mut out = String::from("{\"application_id\":");
        json::write(&mut out, &self.assembly.config().application_id);
        out.push_str(",\"session_id\":");
        json::write(&mut out, &view.session_id);
        out.push_str(",\"view\":");
        json::write(&mut out, &view.to_reference());
        out.push('}');
        Some(out)
    }
}

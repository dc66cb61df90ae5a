//! The engine: routes an input to those it concerns and collects their outputs. The only file
//! where the parts meet.
//!
//! The contract is in the crate's documentation: **one input, drain, next input.**

mod actions;
mod calls;
mod delivery;
mod entries;
mod reviews;
mod sessions;
mod views;

use alloc::string::String;
use alloc::vec::Vec;

use crate::action::Actions;
use crate::assembly::{Assembly, Context};
use crate::config::Config;
use crate::id::{Ids, Uuid};
use crate::intake::{Batch, Limits};
use crate::json::Writer;
use crate::metric::visibility::Visibility;
use crate::page::{Input, Page};
use crate::page_state::PageState;
use crate::session;
use crate::time::{Clocks, Now, RelativeTime};
use crate::view::{LoadingType, View};

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
    /// Let the page complete this event, if it is a view, show it to its `beforeSend`, and tell with
    /// [`Input::Reviewed`] what they make of it. Without an event: tell what is missing of the one
    /// that was added as unfinished, any time.
    Review {
        /// By which the answer is known.
        ticket: u32,
        /// What the page knows the event's context by; 0 for none. Of a view: when it started, in
        /// milliseconds, exactly.
        token: f64,
        /// JSON.
        event: String,
    },
    /// Come back with [`Input::Deliver`] when the reviews before this are done.
    Deliver {
        /// Whether the page may die before an ordinary request is done.
        is_exit: bool,
    },
    /// Observe page activity from now on (`true`), or no longer.
    Observe(bool),
    /// Keep this text as `_dd_s_v2`, in the cookie or where else the page wants it.
    Store(String),
    /// All is done: come back with [`Input::Wake`] at this time, if any.
    Wake(Option<RelativeTime>),
}

/// The engine of one page.
#[derive(Debug)]
pub struct Rum {
    assembly: Assembly,
    session: session::Tracker,
    /// When the page ended a session.
    session_stopped: RelativeTime,
    has_consent: bool,
    ids: Ids,
    page: Page,
    visibility: Visibility,
    interaction_count: u64,
    /// In order of their start; the last one is the current view unless it ended.
    views: Vec<View>,
    actions: Actions,
    is_observing: bool,
    batch: Batch<Uuid>,
    limits: Limits,
    reviews: reviews::Reviews,
    outputs: Vec<Output>,
    now: Now,
}

impl Rum {
    /// An engine with an initial view. `base` and `view_base` are what never changes of all events,
    /// and of views ([`Context::Base`]).
    pub fn start(
        mut config: Config,
        page: Page,
        [base, view_base]: [&str; 2],
        cookie: &str,
        now: Now,
    ) -> Self {
        config.completes_views |= config.has_before_send;
        let mut ids = Ids::new(page.seed);
        let mut session = session::Tracker::default();
        session.start(cookie, config.track_anonymous_user, &mut ids, now.timestamp());
        let mut assembly = Assembly::new(config, Clocks::new(page.time_origin));
        assembly.set_anonymous_id(session.anonymous_id());
        assembly.set_context(Context::Base, base);
        assembly.set_context(Context::ViewBase, view_base);
        assembly.clocks.observe(now);
        let mut rum = Self {
            assembly,
            session,
            session_stopped: RelativeTime::from_millis(f64::NEG_INFINITY),
            has_consent: true,
            ids,
            visibility: Visibility::new(page.activation_start, page.is_hidden.then_some(now.at)),
            page,
            interaction_count: 0,
            views: Vec::new(),
            actions: Actions::default(),
            is_observing: false,
            batch: Batch::default(),
            limits: Limits::default(),
            reviews: reviews::Reviews::default(),
            outputs: Vec::new(),
            now,
        };
        // Who activates a prerendered page looks at it, whatever the history of visibility says of the
        // time before.
        let activation = rum.page.activation_start;
        let is_prerendered = activation > RelativeTime::ORIGIN;
        rum.enter_page_state(if is_prerendered { activation } else { now.at });
        rum.store_session();
        if !rum.assembly.config().track_views_manually {
            rum.start_view(LoadingType::InitialLoad, activation);
        }
        rum
    }

    /// Takes one input. Drain the outputs before the next one.
    pub fn handle_input(&mut self, input: Input<'_>, now: Now) {
        self.now = now;
        self.assembly.clocks.observe(now);
        match input {
            Input::Entries(entries) if self.has_consent => {
                entries.iter().for_each(|entry| self.on_entry(entry));
            }
            Input::Entries(_) => {}
            Input::InteractionCount(count) => self.on_interaction_count(count),
            Input::UserInput(at) => self.finalize_lcp(at),
            Input::Activity { at, cookie } => self.on_activity(at, cookie),
            Input::SessionChanged { cookie } => self.look_at_session(cookie),
            Input::StopSession { cookie } => self.stop_session(cookie),
            Input::Wake { cookie } => {
                self.keep_session_alive(cookie, false);
                self.on_timer();
            }
            Input::Visible { at, cookie } => {
                self.page.is_hidden = false;
                self.enter_page_state(at);
                self.keep_session_alive(cookie, true);
            }
            Input::Hidden(at) => self.on_hidden(at),
            Input::Terminated => {
                self.assembly.page_states.enter(PageState::Terminated, now.at);
                self.on_terminated();
            }
            Input::Frozen(at) => {
                self.assembly.page_states.enter(PageState::Frozen, at);
                self.leave();
            }
            Input::Resumed { at, cookie } => {
                self.enter_page_state(at);
                self.on_resumed(cookie);
            }
            Input::Focused(is_focused, at) => {
                self.page.is_focused = is_focused;
                self.enter_page_state(at);
            }
            Input::Scrolled { at, depth, top, height } => {
                self.on_scrolled(at, [depth, top, height]);
            }
            Input::Restored(at) => self.on_restored(at),
            Input::UrlChanged { url, is_anchor } => self.on_url_changed(url, is_anchor),
            Input::Consent { is_granted, cookie } => self.set_consent(is_granted, cookie),
            Input::Gesture(gesture, at) => self.on_gesture(gesture, at),
            Input::PageActivity(activity, at) => self.on_page_activity(activity, at),
            Input::Context(context, value) => self.assembly.set_context(context, value),
            Input::Call(at, call) => self.on_call(call, at),
            Input::Reviewed { ticket, event } => self.on_reviewed(ticket, event),
            Input::Deliver { is_exit } => self.deliver(is_exit),
            Input::Delivery { is_reviewed, is_immediate, completes_views } => {
                let config = self.assembly.config_mut();
                config.has_before_send = is_reviewed;
                config.is_immediate = is_immediate;
                config.completes_views = is_reviewed | completes_views;
                self.change_view(|_| ());
            }
            Input::Stop => self.on_terminated(),
        }
        self.run_timers();
    }

    fn enter_page_state(&mut self, at: RelativeTime) {
        let state = PageState::of(self.page.is_hidden, self.page.is_focused);
        self.assembly.page_states.enter(state, at);
    }

    /// The next thing to do. [`Output::Wake`] comes last, and again until there is an input.
    pub fn poll_output(&mut self) -> Output {
        if self.outputs.is_empty() {
            let next = self.next_deadline();
            return Output::Wake((next < RelativeTime::NEVER).then_some(next));
        }
        self.outputs.remove(0)
    }

    /// All that is to be done at once, in order; then come back at [`Rum::next_deadline`].
    pub fn take_outputs(&mut self) -> Vec<Output> {
        core::mem::take(&mut self.outputs)
    }

    /// The current view's own context, as JSON text; empty when it has none.
    pub fn view_context(&self) -> &str {
        self.current().map_or("", |view| &view.options.context)
    }

    /// Which session and view were current at this time (now when absent), as JSON text; empty when
    /// there were none, or when nothing of it is sent. `getInternalContext` of the official SDK, but for
    /// the application's id, which the page knows.
    pub fn internal_context(&self, at: Option<RelativeTime>) -> String {
        let view = at.map_or_else(|| self.current(), |at| self.view_at(at));
        // The first view takes what was before the page; but then there was none.
        let is_before = at.is_some_and(|at| at < RelativeTime::ORIGIN);
        let view = view.filter(|view| !is_before && self.is_sent(view));
        let Some(view) = view else { return String::new() };
        let actions = self.actions.ids_at(at);
        Writer::object(|w| {
            w.id("session_id", view.session_id);
            w.nested("user_action", |w| w.all_ids("id", &actions));
            w.nested("view", |w| view.write_reference(w, at.unwrap_or(RelativeTime::NEVER)));
        })
    }
}

//! The simulated page: a clock of its own, a cookie jar, an intake, and a user who does what the
//! story says. In the spirit of quinn's `Pair`.
//!
//! Every input is drained at once, as the driver does; time jumps from wake to wake, so whatever
//! the engine asked for happens when it asked for it. Times are in milliseconds.

use ferrum::action::{Description, Press};
use ferrum::activity::Activity;
use ferrum::assembly::Context;
use ferrum::config::Config;
use ferrum::entry::Entry;
use ferrum::event::Kind;
use ferrum::id::Uuid;
use ferrum::page::{Call, Gesture, Input, ViewOptions};
use ferrum::rum::{Output, Rum};
use ferrum::time::{Duration, Now, RelativeTime};
use ferrum::view::Support;
use serde_json::{Value, json};

use crate::entries::ms;
use crate::intake::Intake;

pub(crate) const SECOND: f64 = 1_000.0;
pub(crate) const MINUTE: f64 = 60.0 * SECOND;
pub(crate) const HOUR: f64 = 60.0 * MINUTE;

/// `performance.timeOrigin` of every page, unless it says otherwise.
pub(crate) const ORIGIN: f64 = 1_756_200_000_000.0;
pub(crate) const APPLICATION: &str = "5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11";
pub(crate) const URL: &str = "https://shop.example/";
pub(crate) const REFERRER: &str = "https://search.example/";

/// A page before the engine is there.
pub(crate) struct Setup {
    config: Config,
    page: ferrum::page::Page,
    cookie: String,
    at: f64,
}

impl Setup {
    fn new() -> Self {
        let uuid = |text| Uuid::parse(text).unwrap();
        Self {
            config: Config::default(),
            page: ferrum::page::Page {
                url: URL.into(),
                referrer: REFERRER.into(),
                time_origin: ORIGIN,
                is_focused: true,
                support: Support { layout_shift: true },
                seed: uuid("0b7c9d2e-4f1a-4c3b-8e5d-6a7f8091a2b3"),
                ..ferrum::page::Page::default()
            },
            cookie: String::new(),
            at: 0.0,
        }
    }

    /// A configuration that differs from the default.
    pub(crate) fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// The value of `_dd_s_v2` when the engine starts.
    pub(crate) fn cookie(mut self, cookie: &str) -> Self {
        self.cookie = cookie.into();
        self
    }

    /// The engine starts at this time.
    pub(crate) fn at(mut self, at: f64) -> Self {
        self.at = at;
        self
    }

    /// The page is in the background when the engine starts.
    pub(crate) fn hidden(mut self) -> Self {
        self.page.is_hidden = true;
        self
    }

    /// The page was prerendered, and activated at this time.
    pub(crate) fn activated_at(mut self, at: f64) -> Self {
        self.page.activation_start = ms(at);
        self
    }

    /// The browser has no `layout-shift` entries.
    pub(crate) fn without_layout_shift(mut self) -> Self {
        self.page.support.layout_shift = false;
        self
    }

    /// The shim has told somebody this id of the view, and perhaps sent version 1 of it.
    pub(crate) fn known(mut self, id: &str, was_sent: bool) -> Self {
        self.page.initial_view = Uuid::parse(id);
        self.page.was_sent = was_sent;
        self
    }

    /// Starts the engine.
    pub(crate) fn load(self) -> Page {
        let now = Now { at: ms(self.at), wall: ORIGIN + self.at };
        let base = [base(), view_base()].map(|part| part.to_string());
        let rum = Rum::start(
            self.config,
            self.page,
            base.each_ref().map(String::as_str),
            &self.cookie,
            now,
        );
        let mut page = Page {
            rum,
            now: self.at,
            skew: 0.0,
            wake: None,
            wakes: 0,
            cookie: self.cookie,
            before_send: None,
            completion: None,
            reviewed: Vec::new(),
            noted: Value::Null,
            waiting: Vec::new(),
            is_observed: false,
            intake: Intake::default(),
        };
        page.drain();
        page
    }
}

/// What the page says of all events.
fn base() -> Value {
    json!({
        "application": { "id": APPLICATION },
        "source": "browser",
        "service": "shop",
        "ddtags": "sdk_version:0.1.0,service:shop",
        "session": { "type": "user" },
        "tab": { "id": "0d1f7a34-64a2-4b5e-9a0e-3a8e5cf0c1d2" },
        "_dd": {
            "format_version": 2,
            "sdk_name": "ferrum",
            "configuration": { "session_sample_rate": 100 },
        },
    })
}

/// What the page says of all views.
fn view_base() -> Value {
    json!({ "device": { "locale": "en-US" }, "privacy": { "replay_level": "mask-user-input" } })
}

/// What the page adds to a view.
pub(crate) type Complete = fn(&mut Value, start: f64);

/// A page with the engine in it.
pub(crate) struct Page {
    rum: Rum,
    now: f64,
    /// What the wall clock is ahead of the page's clock.
    skew: f64,
    wake: Option<RelativeTime>,
    /// Wake-ups so far.
    pub(crate) wakes: usize,
    /// The value of `_dd_s_v2`, which other tabs write too.
    pub(crate) cookie: String,
    /// The page's `beforeSend`: what is to be sent instead of an event, if anything.
    pub(crate) before_send: Option<fn(Value) -> Option<Value>>,
    /// What adds to views, which began at such a time, before they are sent.
    completion: Option<Complete>,
    /// The types of the events that the page was shown before they were sent.
    pub(crate) reviewed: Vec<String>,
    /// The error that happened last, and those of which the engine waits to hear more.
    noted: Value,
    waiting: Vec<(u32, Value)>,
    /// Whether somebody looks at what the page does.
    pub(crate) is_observed: bool,
    pub(crate) intake: Intake,
}

/// Time.
impl Page {
    /// A visible, focused page with a visitor who comes for the first time; the engine is there
    /// from the time origin on.
    pub(crate) fn load() -> Self {
        Self::set_up().load()
    }

    /// A page that differs from that.
    pub(crate) fn set_up() -> Setup {
        Setup::new()
    }

    /// Lets the time pass until this one; what the engine waits for happens meanwhile.
    pub(crate) fn at(&mut self, millis: f64) -> &mut Self {
        assert!(millis >= self.now, "it is {} already", self.now);
        let mut wakes_now = 0;
        while let Some(due) = self.wake.filter(|due| due.as_millis() <= millis) {
            wakes_now = if due.as_millis() > self.now { 0 } else { wakes_now + 1 };
            assert!(wakes_now < 10, "asks again and again to be woken at {}", self.now);
            self.now = self.now.max(due.as_millis());
            self.wake();
        }
        self.now = millis;
        self
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, span: f64) -> &mut Self {
        self.at(self.now + span)
    }

    /// Time passes, but no timer of the page runs: the machine sleeps, or the page is frozen.
    pub(crate) fn sleep(&mut self, span: f64) -> &mut Self {
        self.now += span;
        self
    }

    /// Somebody sets the wall clock: it is ahead of the page's clock by this now.
    pub(crate) fn set_clock(&mut self, skew: f64) -> &mut Self {
        self.skew = skew;
        self
    }

    fn clocks(&self) -> Now {
        Now { at: ms(self.now), wall: ORIGIN + self.now + self.skew }
    }

    fn wake(&mut self) {
        self.wakes += 1;
        self.with_cookie(|cookie| Input::Wake { cookie });
    }

    fn input(&mut self, input: Input<'_>) -> &mut Self {
        self.rum.handle_input(input, self.clocks());
        self.drain();
        self
    }

    fn with_cookie(&mut self, input: impl FnOnce(&str) -> Input<'_>) -> &mut Self {
        let cookie = self.cookie.clone();
        self.input(input(&cookie))
    }

    fn drain(&mut self) {
        let mut has_left = false;
        self.wake = loop {
            match self.rum.poll_output() {
                Output::Send { body, is_exit } => {
                    self.intake.receive(&body, is_exit, self.now);
                    has_left |= is_exit;
                }
                Output::Store(cookie) => self.cookie = cookie,
                Output::Review { ticket, token, event } => self.review(ticket, token, &event),
                Output::Deliver { is_exit } => {
                    self.rum.handle_input(Input::Deliver { is_exit }, self.clocks());
                }
                Output::Observe(is_on) => self.is_observed = is_on,
                Output::Wake(deadline) => break deadline,
            }
        };
        assert_eq!(self.rum.poll_output(), Output::Wake(self.wake), "drained, but not at rest");
        if has_left {
            self.intake.check_nothing_is_missing();
        }
    }

    fn review(&mut self, ticket: u32, token: f64, event: &str) {
        if event.is_empty() {
            self.waiting.push((ticket, self.noted.take()));
            return;
        }
        let mut event: Value = serde_json::from_str(event).unwrap();
        let kind = event["type"].as_str().unwrap().to_owned();
        if let Some(complete) = self.completion.filter(|_| kind == "view") {
            complete(&mut event, token);
        }
        self.reviewed.push(kind);
        let event = self.before_send.map_or_else(|| Some(event.clone()), |run| run(event.clone()));
        let event = event.map(|event| event.to_string());
        let event = event.as_deref();
        self.rum.handle_input(Input::Reviewed { ticket, event }, self.clocks());
    }
}

/// The browser.
impl Page {
    /// An observer delivers.
    pub(crate) fn observe<'a>(
        &mut self,
        entries: impl IntoIterator<Item = Entry<'a>>,
    ) -> &mut Self {
        let entries: Vec<_> = entries.into_iter().collect();
        self.input(Input::Entries(&entries))
    }

    /// `performance.interactionCount` is this now.
    pub(crate) fn interaction_count(&mut self, count: u64) -> &mut Self {
        self.input(Input::InteractionCount(count))
    }

    /// The page goes to the background.
    pub(crate) fn hide(&mut self) -> &mut Self {
        self.input(Input::Hidden(ms(self.now)))
    }

    /// The page comes back from the background.
    pub(crate) fn show(&mut self) -> &mut Self {
        let at = ms(self.now);
        self.with_cookie(|cookie| Input::Visible { at, cookie })
    }

    /// The browser tells that what is stored was changed.
    pub(crate) fn notice_session(&mut self) -> &mut Self {
        self.with_cookie(|cookie| Input::SessionChanged { cookie })
    }

    /// The browser lets the page run again, after it froze it.
    pub(crate) fn resume(&mut self) -> &mut Self {
        let at = ms(self.now);
        self.with_cookie(|cookie| Input::Resumed { at, cookie })
    }

    /// The window has the focus, or not.
    pub(crate) fn focus(&mut self, is_focused: bool) -> &mut Self {
        self.input(Input::Focused(is_focused, ms(self.now)))
    }

    /// The document is unloaded.
    pub(crate) fn unload(&mut self) -> &mut Self {
        self.input(Input::Terminated)
    }

    /// The document comes back from the back/forward cache.
    pub(crate) fn restore(&mut self) -> &mut Self {
        self.restore_at(self.now)
    }

    /// The same, at a time before the browser says so.
    pub(crate) fn restore_at(&mut self, at: f64) -> &mut Self {
        self.input(Input::Restored(ms(at)))
    }

    /// The page changes its document.
    pub(crate) fn change(&mut self) -> &mut Self {
        self.input(Input::PageActivity(Activity::Change, ms(self.now)))
    }

    /// The application shows another address.
    pub(crate) fn go_to(&mut self, url: &str) -> &mut Self {
        self.input(Input::UrlChanged { url, is_anchor: false })
    }

    /// The user follows a link within the page.
    pub(crate) fn jump_to(&mut self, url: &str) -> &mut Self {
        self.input(Input::UrlChanged { url, is_anchor: true })
    }

    /// The user clicks.
    pub(crate) fn click(&mut self) -> &mut Self {
        self.input(Input::UserInput(ms(self.now))).scroll()
    }

    /// The user clicks on something that Ferrum can name.
    pub(crate) fn click_on(&mut self, name: &str) -> &mut Self {
        let at = ms(self.now);
        let details = json!({ "target": { "width": 80 } }).to_string();
        let description = Description { name, details: &details, ignored: 0 };
        self.input(Input::Gesture(Gesture::Begin, at));
        self.input(Input::Gesture(Gesture::Click(Press::default()), at));
        self.input(Input::Gesture(Gesture::Described(Some(description)), at))
    }

    /// The user scrolls: a sign of life that ends no paint metric.
    pub(crate) fn scroll(&mut self) -> &mut Self {
        self.active_at(self.now)
    }

    /// The page hears only now of what the user did then.
    pub(crate) fn active_at(&mut self, at: f64) -> &mut Self {
        self.with_cookie(|cookie| Input::Activity { at: ms(at), cookie })
    }
}

/// The application.
impl Page {
    /// Events leave in this way from now on.
    pub(crate) fn deliver(&mut self, is_reviewed: bool, is_immediate: bool) -> &mut Self {
        self.input(Input::Delivery { is_reviewed, is_immediate, completes_views: false })
    }

    /// What completes views has come, or has news of the current one.
    pub(crate) fn complete_views(&mut self, complete: Complete) -> &mut Self {
        self.completion = Some(complete);
        let is_reviewed = self.before_send.is_some();
        self.input(Input::Delivery { is_reviewed, is_immediate: false, completes_views: true })
    }

    pub(crate) fn call(&mut self, call: Call<'_>) -> &mut Self {
        self.input(Input::Call(ms(self.now), call))
    }

    /// Calls what was called earlier, before the engine was there.
    pub(crate) fn replay(&mut self, at: f64, call: Call<'_>) -> &mut Self {
        self.input(Input::Call(ms(at), call))
    }

    pub(crate) fn context(&mut self, context: Context, value: &Value) -> &mut Self {
        self.input(Input::Context(context, &value.to_string()))
    }

    pub(crate) fn add_action(&mut self, name: &str) -> &mut Self {
        self.call(Call::AddAction { name, context: "", token: 0 })
    }

    pub(crate) fn add_error(&mut self, message: &str) -> &mut Self {
        self.begin_error(message).tell_errors()
    }

    /// An error happens of which the page cannot say yet what it was.
    pub(crate) fn begin_error(&mut self, message: &str) -> &mut Self {
        self.begin_error_with(message, &json!({}))
    }

    /// The same, with what is known of its own part.
    pub(crate) fn begin_error_with(&mut self, message: &str, known: &Value) -> &mut Self {
        self.noted = json!({
            "error": {
                "id": "7d1f7a34-64a2-4b5e-9a0e-3a8e5cf0c1d2",
                "message": message,
                "source": "custom",
                "handling": "handled",
                "source_type": "browser",
                "stack": format!("Error: {message}"),
            },
        });
        self.call(error(&known.to_string()))
    }

    /// The page can say now what the errors were.
    pub(crate) fn tell_errors(&mut self) -> &mut Self {
        for (ticket, part) in std::mem::take(&mut self.waiting) {
            self.input(Input::Reviewed { ticket, event: Some(&part.to_string()) });
        }
        self
    }

    /// Of how many errors the engine waits to hear more.
    pub(crate) fn waiting_errors(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn add_timing(&mut self, name: &str, time: Option<f64>) -> &mut Self {
        self.call(Call::AddTiming { name, time })
    }

    pub(crate) fn add_flag(&mut self, key: &str, value: &Value) -> &mut Self {
        let value = &*value.to_string();
        self.call(Call::AddFeatureFlagEvaluation { key, value })
    }

    pub(crate) fn start_view(&mut self, name: &str) -> &mut Self {
        let options = ViewOptions { name, ..ViewOptions::default() };
        self.call(Call::StartView { options, url: "" })
    }

    pub(crate) fn set_consent(&mut self, is_granted: bool) -> &mut Self {
        self.with_cookie(|cookie| Input::Consent { is_granted, cookie })
    }

    pub(crate) fn stop_session(&mut self) -> &mut Self {
        self.with_cookie(|cookie| Input::StopSession { cookie })
    }

    pub(crate) fn stop(&mut self) -> &mut Self {
        self.input(Input::Stop)
    }
}

/// What came of it.
impl Page {
    /// Of every view that was sent the last version.
    pub(crate) fn views(&self) -> Vec<&Value> {
        self.intake.views()
    }

    /// The last version of the last view.
    pub(crate) fn view(&self) -> &Value {
        self.views().pop().expect("no view was sent")
    }

    /// The events of a type.
    pub(crate) fn sent(&self, kind: &str) -> Vec<&Value> {
        self.intake.of_type(kind)
    }

    /// The only event of a type.
    pub(crate) fn only(&self, kind: &str) -> &Value {
        let events = self.sent(kind);
        assert_eq!(events.len(), 1, "{kind} events");
        events[0]
    }

    /// The session's id in the cookie; absent when it holds none.
    pub(crate) fn session(&self) -> Option<String> {
        self.in_cookie("id")
    }

    /// What the cookie holds under a key.
    pub(crate) fn in_cookie(&self, key: &str) -> Option<String> {
        let mut pairs = self.cookie.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(known, _)| *known == key).map(|(_, value)| value.to_owned())
    }

    /// When the engine wants to be woken.
    pub(crate) fn deadline(&self) -> Option<f64> {
        self.wake.map(RelativeTime::as_millis)
    }

    pub(crate) fn rum(&self) -> &Rum {
        &self.rum
    }
}

/// An error of which only this is known yet.
pub(crate) fn error(part: &str) -> Call<'_> {
    Call::AddEvent {
        kind: Kind::Error,
        part,
        over: "",
        duration: Duration::ZERO,
        token: 0,
        is_unfinished: true,
    }
}

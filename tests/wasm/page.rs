//! The test's page: it notes what the engine asks of it, keeps the cookie, and time passes in it when
//! the test says so.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ferrum::browser;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::event::InternalContext;
use crate::inputs;

#[wasm_bindgen(module = "/src/browser/host.js")]
extern "C" {
    fn connect(output: &Closure<Receive>);
}

type Receive = dyn Fn(u8, f64, f64, *const u8, usize);

/// Outputs, by the numbers of `src/browser/host.rs`.
pub(crate) const SEND: u8 = 0;
pub(crate) const STORE: u8 = 1;
pub(crate) const OBSERVE: u8 = 2;
const WAKE: u8 = 3;
pub(crate) const REVIEW: u8 = 4;
const DELIVER: u8 = 5;
const ANSWER: u8 = 6;

/// Epoch milliseconds.
pub(crate) const ORIGIN: f64 = 1_790_000_000_000.0;

/// What `beforeSend` makes of an event; `None` when it is not to be sent.
type BeforeSend = fn(String) -> Option<String>;

/// What the page does inside of an output.
type Inside = fn(&Page);

/// As `js/memory.ts` does.
#[allow(unsafe_code, reason = "only the page itself knows what it may write where")]
pub(crate) fn give(kind: u8, numbers: &[f64], texts: &str) {
    let place = browser::reserve(numbers.len(), texts.len());
    unsafe {
        place.copy_from(numbers.as_ptr(), numbers.len());
        place.add(numbers.len()).cast::<u8>().copy_from(texts.as_ptr(), texts.len());
    }
    browser::input(kind);
}

#[allow(unsafe_code, reason = "the text is there until the output returns")]
fn text_at(text: *const u8, size: usize) -> String {
    let bytes = unsafe { std::slice::from_raw_parts(text, size) };
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[derive(Clone, Default)]
pub(crate) struct Page(Rc<Notes>);

#[derive(Default)]
struct Notes {
    /// `performance.now()`
    now: Cell<f64>,
    cookie: RefCell<String>,
    sent: RefCell<Vec<(String, bool)>>,
    /// When the engine wants to be woken.
    due: Cell<f64>,
    answer: RefCell<String>,
    before_send: Cell<Option<BeforeSend>>,
    /// By the kinds of the outputs.
    inside: RefCell<Vec<(u8, Inside)>>,
}

impl Page {
    /// Without an engine.
    pub(crate) fn new() -> Self {
        // That of the test before tells a page that nobody looks at.
        Self::connected();
        give(inputs::STOP, &[], "");
        Self::connected()
    }

    fn connected() -> Self {
        let page = Self::default();
        let own = page.clone();
        let receive: Closure<Receive> = Closure::new(move |kind, number, _other, text, size| {
            own.receive(kind, number, text_at(text, size));
        });
        connect(&receive);
        // The engine may call it as long as the module lives.
        receive.forget();
        page
    }

    /// A page with an engine, half a second old.
    pub(crate) fn started() -> Self {
        let page = Self::new();
        page.pass(500.0);
        assert!(page.start(&inputs::Start::default()));
        page
    }

    fn receive(&self, kind: u8, number: f64, text: String) {
        let Notes { cookie, sent, due, answer, inside, .. } = &*self.0;
        match kind {
            SEND => sent.borrow_mut().push((text, number != 0.0)),
            STORE => drop(cookie.replace(text)),
            WAKE => due.set(self.now() + number),
            REVIEW => self.review(number, text),
            DELIVER => self.input(inputs::DELIVER, &[number], &[]),
            ANSWER => drop(answer.replace(text)),
            OBSERVE => {}
            _ => panic!("an output of kind {kind}"),
        }
        let run = inside.borrow().iter().find(|(known, _)| *known == kind).map(|(_, run)| *run);
        if let Some(run) = run {
            run(self);
        }
    }

    fn review(&self, ticket: f64, event: String) {
        let verdict = self.0.before_send.get().and_then(|run| run(event));
        let is_sent = f64::from(u8::from(verdict.is_some()));
        self.input(inputs::REVIEWED, &[ticket, is_sent], &[&verdict.unwrap_or_default()]);
    }

    /// As `js/page/input.ts` gives it, about now.
    pub(crate) fn input(&self, kind: u8, numbers: &[f64], texts: &[&str]) {
        let now = self.now();
        let clocks = [now, ORIGIN + now, now];
        give(kind, &[&clocks, numbers].concat(), &texts.join("\0"));
    }

    /// The answer to a question about a time; empty when there is none.
    fn ask(&self, kind: u8, at: f64) -> String {
        self.0.answer.take();
        give(kind, &[self.now(), ORIGIN + self.now(), at], "");
        self.0.answer.take()
    }

    pub(crate) fn start(&self, start: &inputs::Start) -> bool {
        self.0.answer.take();
        start.give(self);
        !self.0.answer.take().is_empty()
    }

    /// Absent without an engine, and after the end of the session.
    pub(crate) fn internal_context(&self) -> Option<InternalContext> {
        let text = self.ask(inputs::INTERNAL_CONTEXT, f64::NAN);
        (!text.is_empty()).then(|| serde_json::from_str(&text).unwrap())
    }

    pub(crate) fn view_context(&self) -> String {
        self.ask(inputs::VIEW_CONTEXT, 0.0)
    }

    pub(crate) fn session_id(&self) -> String {
        self.internal_context().unwrap().session_id
    }

    /// Does this inside of every output of a kind.
    pub(crate) fn inside(&self, kind: u8, run: Inside) {
        self.0.inside.borrow_mut().push((kind, run));
    }

    pub(crate) fn set_before_send(&self, run: BeforeSend) {
        self.0.before_send.set(Some(run));
    }

    pub(crate) fn now(&self) -> f64 {
        self.0.now.get()
    }

    /// Time passes, and the engine is woken whenever it wants to be.
    pub(crate) fn live(&self, millis: f64) {
        let end = self.now() + millis;
        while self.due() <= end {
            self.0.now.set(self.due());
            self.wake();
        }
        self.0.now.set(end);
    }

    /// Time passes, and no timer runs.
    pub(crate) fn pass(&self, millis: f64) {
        self.0.now.set(self.now() + millis);
    }

    pub(crate) fn cookie(&self) -> String {
        self.0.cookie.borrow().clone()
    }

    pub(crate) fn set_cookie(&self, value: &str) {
        self.0.cookie.replace(value.into());
    }

    /// A value in the cookie.
    pub(crate) fn in_cookie(&self, name: &str) -> Option<String> {
        let cookie = self.cookie();
        let mut pairs = cookie.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value.into())
    }

    /// The events of a type that were sent.
    pub(crate) fn events<T: DeserializeOwned>(&self, kind: &str) -> Vec<T> {
        let sent = self.0.sent.borrow();
        let lines = sent.iter().flat_map(|(body, _)| body.lines());
        let events = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        events
            .filter(|event| event["type"] == kind)
            .map(|event| serde_json::from_value(event).unwrap())
            .collect()
    }

    /// The only event of a type.
    pub(crate) fn event<T: DeserializeOwned>(&self, kind: &str) -> T {
        let mut events = self.events(kind);
        assert_eq!(events.len(), 1, "{kind} events");
        events.remove(0)
    }

    /// The last version of the view.
    pub(crate) fn view<T: DeserializeOwned>(&self) -> T {
        self.events("view").pop().unwrap()
    }

    /// Of each body, whether it was sent as the last one.
    pub(crate) fn exits(&self) -> Vec<bool> {
        self.0.sent.borrow().iter().map(|(_, is_exit)| *is_exit).collect()
    }

    pub(crate) fn forget_timer(&self) {
        self.0.due.set(f64::INFINITY);
    }

    /// When the engine wants to be woken.
    pub(crate) fn due(&self) -> f64 {
        self.0.due.get()
    }
}

//! The test's page: a host in JavaScript that notes what the engine asks of it, the cookie, and the
//! page's own performance entries, encoded as `js/page/entries.ts` does.

use ferrum::browser::{self, Host};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

pub(crate) const APPLICATION_ID: &str = "5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11";
pub(crate) const OPTIONS: &str =
    r#"{"applicationId":"5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11","clientToken":"pub123"}"#;
pub(crate) const SEED: &str = "11111111-2222-4333-8444-555555555555";

#[wasm_bindgen(inline_js = r"
export class Notes {
  sent = [];
  warnings = [];
  waits = [];
  onSend = () => {};
  onWarn = () => {};
  onWake = undefined;
  send(body, isExit) {
    this.sent.push({ body, isExit });
    this.onSend();
  }
  warn(message) {
    this.warnings.push(message);
    this.onWarn();
  }
  wakeIn(millis) {
    this.waits.push(millis);
    if (!this.onWake) return;
    clearTimeout(this.timer);
    if (millis >= 0) this.timer = setTimeout(this.onWake, millis);
  }
}

export const notes = () => new Notes();

export const events = (notes, type) =>
  notes.sent
    .flatMap(({ body }) => body.split('\n'))
    .map((line) => JSON.parse(line))
    .filter((event) => event.type === type);

export const isExit = (notes) => notes.sent.map(({ isExit }) => isExit);

export const untilSent = (notes) =>
  new Promise((resolve) => {
    const inner = notes.onSend;
    notes.onSend = () => {
      inner();
      resolve();
    };
  });

export const cookie = () => /\b_dd_s_v2=([^;]*)/.exec(document.cookie)?.[1] ?? '';

export function setCookie(value, age) {
  document.cookie = `_dd_s_v2=${value};path=/;max-age=${age}`;
}

const navigation = (entry) => [
  entry.activationStart ?? 0,
  entry.responseStart,
  entry.domInteractive,
  entry.domContentLoadedEventEnd,
  entry.domComplete,
  entry.loadEventEnd,
];

const resource = (entry) => [
  entry.startTime,
  entry.duration,
  entry.workerStart,
  entry.redirectStart,
  entry.redirectEnd,
  entry.fetchStart,
  entry.domainLookupStart,
  entry.domainLookupEnd,
  entry.connectStart,
  entry.secureConnectionStart,
  entry.connectEnd,
  entry.requestStart,
  entry.responseStart,
  entry.responseEnd,
  entry.transferSize,
  entry.encodedBodySize,
  entry.decodedBodySize,
  entry.responseStatus ?? 0,
  entry.name,
  entry.initiatorType,
  entry.nextHopProtocol,
  entry.deliveryType ?? '-',
  entry.renderBlockingStatus ?? '',
];

const encoders = { navigation, resource };

const encoded = (type) => performance.getEntriesByType(type).flatMap(encoders[type]);

export const numbersOf = (type) =>
  new Float64Array(encoded(type).filter((value) => typeof value === 'number'));

export const stringsOf = (type) =>
  encoded(type).filter((value) => typeof value === 'string').join('\0');

export const namesOf = (type) => performance.getEntriesByType(type).map(({ name }) => name);

export const statusesOf = (type) =>
  performance.getEntriesByType(type).map(({ responseStatus }) => responseStatus);

export const now = () => performance.now();

export const origin = () => performance.timeOrigin;

export const responseStart = () => performance.getEntriesByType('navigation')[0].responseStart;
")]
extern "C" {
    #[derive(Clone)]
    type Notes;
    fn notes() -> Notes;
    #[wasm_bindgen(method, getter)]
    fn warnings(this: &Notes) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    fn waits(this: &Notes) -> Vec<f64>;
    #[wasm_bindgen(method, setter, js_name = onSend)]
    fn set_on_send(this: &Notes, run: &Closure<dyn Fn()>);
    #[wasm_bindgen(method, setter, js_name = onWarn)]
    fn set_on_warn(this: &Notes, run: &Closure<dyn Fn()>);
    #[wasm_bindgen(method, setter, js_name = onWake)]
    fn set_on_wake(this: &Notes, run: &Closure<dyn Fn()>);
    fn events(notes: &Notes, kind: &str) -> JsValue;
    #[wasm_bindgen(js_name = isExit)]
    fn is_exit(notes: &Notes) -> JsValue;
    #[wasm_bindgen(js_name = untilSent)]
    fn until_sent(notes: &Notes) -> js_sys::Promise;

    pub(crate) fn now() -> f64;
    fn origin() -> f64;
    pub(crate) fn cookie() -> String;
    #[wasm_bindgen(js_name = setCookie)]
    pub(crate) fn set_cookie(value: &str, age: f64);

    #[wasm_bindgen(js_name = numbersOf)]
    pub(crate) fn numbers_of(kind: &str) -> js_sys::Float64Array;
    #[wasm_bindgen(js_name = stringsOf)]
    pub(crate) fn strings_of(kind: &str) -> String;
    #[wasm_bindgen(js_name = namesOf)]
    pub(crate) fn names_of(kind: &str) -> Vec<String>;
    #[wasm_bindgen(js_name = statusesOf)]
    pub(crate) fn statuses_of(kind: &str) -> Vec<f64>;
    #[wasm_bindgen(js_name = responseStart)]
    pub(crate) fn response_start() -> f64;
}

/// A page with its host; at its end the engine is stopped and the cookie gone.
pub(crate) struct Page {
    notes: Notes,
    /// What the host calls must live as long as it does.
    closures: Vec<Closure<dyn Fn()>>,
}

impl Page {
    pub(crate) fn new() -> Self {
        // A test that failed could not clean up.
        browser::stop();
        set_cookie("", 0.0);
        Self { notes: notes(), closures: Vec::new() }
    }

    /// A page with an engine.
    pub(crate) fn started() -> Self {
        let page = Self::new();
        assert!(page.start(OPTIONS), "{:?}", page.warnings());
        page
    }

    pub(crate) fn start(&self, options: &str) -> bool {
        self.start_with(options, "")
    }

    /// `more` is further members of the description of the page: `"hidden":true,`.
    pub(crate) fn start_with(&self, options: &str, more: &str) -> bool {
        let origin = origin();
        let page = format!(
            r#"{{{more}"url":"https://shop.example/basket?step=1","referrer":"","origin":{origin},"activation":0,"hidden":false,"focused":true,"layoutShift":true,"tab":"{SEED}","seed":"{SEED}"}}"#,
        );
        browser::start(self.notes.clone().unchecked_into::<Host>(), options, &page)
    }

    /// Calls `run` inside of every `send`.
    pub(crate) fn on_send(&mut self, run: fn()) {
        let closure = Closure::new(run);
        self.notes.set_on_send(&closure);
        self.closures.push(closure);
    }

    /// Calls `run` inside of every `warn`.
    pub(crate) fn on_warn(&mut self, run: fn()) {
        let closure = Closure::new(run);
        self.notes.set_on_warn(&closure);
        self.closures.push(closure);
    }

    /// Has a timer that wakes the engine when it asks for it.
    pub(crate) fn wakes(&mut self) {
        let closure = Closure::new(browser::wake);
        self.notes.set_on_wake(&closure);
        self.closures.push(closure);
    }

    pub(crate) async fn sent(&self) {
        js_sys::futures::JsFuture::from(until_sent(&self.notes)).await.unwrap();
    }

    /// The events of a type that were sent, as Rust types.
    pub(crate) fn events<T: DeserializeOwned>(&self, kind: &str) -> Vec<T> {
        serde_wasm_bindgen::from_value(events(&self.notes, kind)).unwrap()
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
        serde_wasm_bindgen::from_value(is_exit(&self.notes)).unwrap()
    }

    pub(crate) fn warnings(&self) -> Vec<String> {
        self.notes.warnings()
    }

    /// The times after which the engine wanted to be woken.
    pub(crate) fn waits(&self) -> Vec<f64> {
        self.notes.waits()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        browser::stop();
        set_cookie("", 0.0);
    }
}

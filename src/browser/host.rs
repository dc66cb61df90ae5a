//! What the engine asks of the page. One function, because each would need its own glue.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::rum::Output;

#[wasm_bindgen(module = "/src/browser/host.js")]
extern "C" {
    fn output(kind: u8, number: f64, other: f64, text: &str);
}

/// Sends a body to the intake; the number is 1 when the page may die before a request is done.
const SEND: u8 = 0;
/// Keeps the session.
const STORE: u8 = 1;
/// Tells the developer.
const WARN: u8 = 2;
/// Calls back in so many milliseconds, once, instead of whenever it was to before; never, when
/// negative. A closure of Rust's and `gloo-timers` cost 2 KB, and a trap must be caught in the page.
const WAKE: u8 = 3;
/// Shows an event to `beforeSend`: the ticket, and what its context is known by.
const REVIEW: u8 = 4;
/// Calls back when the reviews are done; the number is that of `SEND`.
const DELIVER: u8 = 5;
/// Observes page activity while the number is 1.
const OBSERVE: u8 = 7;
/// Answers a question, before the call returns.
const ANSWER: u8 = 6;

pub(super) fn carry_out(what: Output) {
    match what {
        Output::Send { body, is_exit } => output(SEND, f64::from(is_exit), 0.0, &body),
        Output::Store(cookie) => output(STORE, 0.0, 0.0, &cookie),
        Output::Warn(message) => output(WARN, 0.0, 0.0, &message),
        Output::Review { ticket, token, event } => {
            output(REVIEW, f64::from(ticket), f64::from(token), &event);
        }
        Output::Deliver { is_exit } => output(DELIVER, f64::from(is_exit), 0.0, ""),
        Output::Observe(is_on) => output(OBSERVE, f64::from(is_on), 0.0, ""),
        Output::Wake(_) => {}
    }
}

pub(super) fn wake_in(millis: f64) {
    output(WAKE, millis, 0.0, "");
}

pub(super) fn answer(text: Option<&str>) {
    output(ANSWER, 0.0, 0.0, text.unwrap_or_default());
}

//! What the engine asks of the page. One function, because each would need its own glue.

use alloc::string::String;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::rum::Output;

#[wasm_bindgen(module = "/src/browser/host.js")]
extern "C" {
    fn output(kind: u8, number: f64, other: f64, text: *const u8, text_size: usize);
}

/// Sends a body to the intake; the number is 1 when the page may die before a request is done.
const SEND: u8 = 0;
/// Keeps the session.
const STORE: u8 = 1;
/// Observes page activity while the number is 1.
const OBSERVE: u8 = 2;
/// Calls back in so many milliseconds, once, instead of whenever it was to before. A closure of
/// Rust's and `gloo-timers` cost 2 KB, and a trap must be caught in the page.
const WAKE: u8 = 3;
/// Shows an event to who completes views, and to `beforeSend`: the ticket, and what its context is known
/// by, or when the view started.
const REVIEW: u8 = 4;
/// Calls back when the reviews are done; the number is that of `SEND`.
const DELIVER: u8 = 5;
/// Answers a question, before the call returns.
const ANSWER: u8 = 6;

pub(super) fn carry_out(what: Output) {
    let (kind, number, other, text): (_, u32, f64, _) = match what {
        Output::Send { body, is_exit } => (SEND, is_exit.into(), 0.0, body),
        Output::Store(cookie) => (STORE, 0, 0.0, cookie),
        Output::Review { ticket, token, event } => (REVIEW, ticket, token, event),
        Output::Deliver { is_exit } => (DELIVER, is_exit.into(), 0.0, String::new()),
        Output::Observe(is_on) => (OBSERVE, is_on.into(), 0.0, String::new()),
        Output::Wake(_) => return,
    };
    tell(kind, number.into(), other, &text);
}

pub(super) fn wake_in(millis: f64) {
    tell(WAKE, millis, 0.0, "");
}

pub(super) fn answer(text: &str) {
    tell(ANSWER, 0.0, 0.0, text);
}

/// The text can be read until this returns.
fn tell(kind: u8, number: f64, other: f64, text: &str) {
    output(kind, number, other, text.as_ptr(), text.len());
}

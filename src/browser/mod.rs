//! The engine in a page: everything here is wasm32 only, and decides nothing.
//!
//! The lazily loaded part of the shim (`js/page/`) observes the page and calls [`input`]; what comes
//! in is decoded in `inputs` and `entries`, and the driver takes it from there. One function each way
//! instead of one for every input, and numbers and text instead of values of JavaScript, because
//! that halves the glue. The engine is in a slot that is empty while it works, so a call from
//! inside a call, before the start and after a trap does nothing.

mod driver;
mod entries;
mod host;
mod inputs;
mod slot;
#[cfg(feature = "standalone")]
mod standalone;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::rum::Rum;

use inputs::{Decoded, Record};

/// Something happened. `kind` says what; `numbers` begins with `performance.now()`, `Date.now()` and
/// the time it happened at; the texts are joined by NUL. See `inputs` for what each kind has.
#[wasm_bindgen]
pub fn input(kind: u8, numbers: &[f64], texts: &str) {
    let mut record = Record::new(numbers, texts);
    let now = record.now();
    let at = record.time();
    match record.decode(kind, at) {
        Decoded::Start(config, page, base, cookie) => {
            driver::start(|| Rum::start(config, *page, base, &cookie, now), now);
        }
        Decoded::Input(input) => driver::handle(input, now),
        Decoded::Stop(input) => {
            driver::handle(input, now);
            driver::stop();
        }
        Decoded::InternalContext => {
            let at = (at.as_millis() >= 0.0).then_some(at);
            let context = driver::with_engine(|rum| rum.internal_context(at)).flatten();
            host::answer(context.as_deref());
        }
        Decoded::ViewContext => {
            let context = driver::with_engine(Rum::view_context).flatten();
            host::answer(context.as_deref());
        }
        Decoded::Unknown => {}
    }
}

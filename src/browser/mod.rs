//! The engine in a page: everything here is wasm32 only, and decides nothing.
//!
//! The lazily loaded part of the shim (`js/page/`) observes the page and calls [`input`]; what comes
//! in is decoded in `inputs` and `entries`, and the driver takes it from there. One function each way
//! instead of one for every input, and numbers only: texts and lists are written to and read from
//! memory by `js/memory.ts`, because the glue for them is four times as large. The engine is in a
//! slot that is empty while it works, so a call from inside a call, before the start and after a
//! trap does nothing.

mod driver;
mod entries;
mod host;
mod inbox;
mod inputs;
mod slot;
#[cfg(feature = "standalone")]
mod standalone;

use alloc::borrow::ToOwned;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::Input;

pub use inbox::reserve;
use inputs::{INTERNAL_CONTEXT, Record, START, STOP, VIEW_CONTEXT};

/// Something happened. `kind` says what; what it comes with was written to [`reserve`]: numbers, which
/// begin with `performance.now()`, `Date.now()` and the time it happened at, and texts joined by NUL.
/// See `inputs` for what each kind has.
#[wasm_bindgen]
pub fn input(kind: u8) {
    let given = inbox::take();
    let (numbers, texts) = given.parts();
    let mut record = Record::new(numbers, texts);
    let now = record.now();
    let at = record.time();
    match kind {
        0..=6 => driver::handle(Input::Entries(&record.entries(kind)), now),
        START => driver::start(|| record.start(now), now),
        INTERNAL_CONTEXT => {
            // Any number is a time, one before the page too.
            let at = (!at.as_millis().is_nan()).then_some(at);
            driver::answer(|rum| rum.internal_context(at));
        }
        VIEW_CONTEXT => driver::answer(|rum| rum.view_context().to_owned()),
        _ => {
            driver::handle(record.input(kind, at), now);
            if kind == STOP {
                driver::stop();
            }
        }
    }
}

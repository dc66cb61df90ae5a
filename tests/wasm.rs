//! The engine in a real browser: what `src/browser/` makes of numbers and texts, and what it asks of
//! the page. Everything that needs no browser is tested natively, in `tests/scenario/`.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets what it does not expect has failed"
)]

#[path = "wasm/calls.rs"]
mod calls;
#[path = "wasm/delivery.rs"]
mod delivery;
#[path = "wasm/entries.rs"]
mod entries;
#[path = "wasm/event.rs"]
mod event;
#[path = "wasm/inputs.rs"]
mod inputs;
#[path = "wasm/page.rs"]
mod page;
#[path = "wasm/start.rs"]
mod start;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

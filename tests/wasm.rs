//! The engine in a real browser: what `src/browser/` makes of numbers, strings, cookies and clocks.
//! Everything that needs no browser is tested natively, in `tests/scenario/`.

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
#[path = "wasm/page.rs"]
mod page;
#[path = "wasm/start.rs"]
mod start;

use ferrum::browser;
use page::now;
use serde::Deserialize;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

const KNOWN_SESSION: &str = "cacbf45c-3a05-48ce-b066-d76349460599";
const KNOWN_VISITOR: &str = "0d9a1d5e-6f0e-4a39-8a5e-1d1f0f9c2b7a";

fn hide() {
    browser::on_visibility_change(true, now());
}

fn add_action(name: &str) {
    browser::add_action(now(), name.into(), String::new());
}

fn session_id() -> String {
    #[derive(Deserialize)]
    struct InternalContext {
        session_id: String,
    }
    let context: InternalContext = serde_json::from_str(&browser::internal_context(-1.0)).unwrap();
    context.session_id
}

fn cookie_field(name: &str) -> Option<String> {
    let cookie = page::cookie();
    let mut pairs = cookie.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.into())
}

/// A cookie as Datadog's SDK would have left it. Times are epoch milliseconds.
fn leave_cookie(created: f64, expire: f64) {
    let cookie =
        format!("aid={KNOWN_VISITOR}&id={KNOWN_SESSION}&created={created}&expire={expire}&c=0");
    page::set_cookie(&cookie, 3600.0);
}

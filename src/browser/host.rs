//! What the engine asks of the shim: the few things that cost less in JavaScript, or that must use
//! functions captured before anybody patched them.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An object with the functions below.
    #[derive(Clone)]
    pub type Host;

    /// Sends a body to the intake; `is_exit` when the page may die before a request is done.
    #[wasm_bindgen(method, structural)]
    pub(super) fn send(this: &Host, body: &str, is_exit: bool);

    /// Calls [`wake`](super::wake) in so many milliseconds, once, instead of whenever it was to
    /// be called before; never, when negative. In the shim because a trap must be caught there,
    /// and because a closure of Rust's and `gloo-timers` cost 2 KB with the standard library they
    /// bring.
    #[wasm_bindgen(method, structural, js_name = wakeIn)]
    pub(super) fn wake_in(this: &Host, millis: f64);

    /// Tells the developer, on the console.
    #[wasm_bindgen(method, structural)]
    pub(super) fn warn(this: &Host, message: &str);
}

//! What the engine asks of the shim: the few things that cost less in JavaScript, or that must use
//! functions captured before anybody patched them.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// An object with the functions below.
    pub type Host;

    /// Sends a body to the intake; `is_exit` when the page may die before a request is done.
    #[wasm_bindgen(method, structural)]
    pub(super) fn send(this: &Host, body: &str, is_exit: bool);

    /// Calls [`wake`](super::wake) where a trap is caught; a timer's own callback could not.
    #[wasm_bindgen(method, structural)]
    pub(super) fn wake(this: &Host);

    /// Tells the developer, on the console.
    #[wasm_bindgen(method, structural)]
    pub(super) fn warn(this: &Host, message: &str);
}

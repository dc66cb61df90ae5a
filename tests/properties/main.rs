//! What holds for every input, not only for the examples of the unit tests.
#![cfg(not(target_arch = "wasm32"))]

mod action;
mod cookie;
mod json;

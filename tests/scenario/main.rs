//! Whole visits, told as stories: a simulated page ([`page`]) does what a browser and its user do,
//! an intake ([`intake`]) reads what the engine sends and checks every event. One file per subject.
//!
//! Time is the test's: nothing sleeps, and hours pass in microseconds.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has failed"
)]

mod entries;
mod intake;
mod page;

mod action;
mod batch;
mod clock;
mod cls;
mod completion;
mod error;
mod fid;
mod flag;
mod inp;
mod lcp;
mod limits;
mod page_exit;
mod paint;
mod resource;
mod session;
mod view;

//! Ferrum's engine: what a browser observed goes in, RUM events for Datadog's intake come out.
//!
//! ```text
//! page ──► js/ (shim: public API, early queue, loader)         all there is on the critical path
//!             │  calls and early signals, stamped with the time of the call
//!             ▼
//!         js/page/ (observers, listeners) ──► browser/ (driver, clock, storage; wasm32 only)
//!             │  Input                          ▲  Output: Send | Review | Store | Wake(at)
//!             ▼                                 │
//!         rum (this crate: no clock, no DOM, no JavaScript)
//!             │  NDJSON
//!             ▼
//!         intake: Datadog's, a first-party proxy, or the local one
//! ```
//!
//! # The contract
//!
//! **One input, drain, next input.** [`rum::Rum::handle_input`] changes state and calls nobody.
//! [`rum::Rum::poll_output`] then gives what is to be done, one thing at a time, until it gives
//! [`rum::Output::Wake`]: *drained; come back then*. Time is an argument ([`time::Now`]), so whole
//! visits replay in a test within milliseconds:
//!
//! ```
//! use ferrum::config::Config;
//! use ferrum::page::{Input, Page};
//! use ferrum::rum::{Output, Rum};
//! use ferrum::time::{Now, RelativeTime};
//!
//! let at = |millis| Now { at: RelativeTime::from_millis(millis), wall: 1_756_200_000_000.0 + millis };
//! let application = r#"{"application":{"id":"5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11"}}"#;
//! let page = Page { time_origin: 1_756_200_000_000.0, ..Page::default() };
//! let base = [application, ""];
//! let mut rum = Rum::start(Config::default(), page, base, "", at(10.0));
//! rum.handle_input(Input::Hidden(RelativeTime::from_millis(900.0)), at(900.0));
//! let sent = loop {
//!     match rum.poll_output() {
//!         Output::Send { body, is_exit: true } => break body,
//!         Output::Wake(_) => panic!("the page was hidden and nothing was sent"),
//!         _ => {}
//!     }
//! };
//! assert!(sent.contains(r#""type":"view""#));
//! ```
//!
//! Why no callbacks: a callback into the page can call back into the engine, which is borrowed; a
//! drained engine has no such problem.
//!
//! # Rules
//!
//! * A tracker is made when its view starts and dropped with it. Nothing has a `reset`: a route
//!   change, a bfcache restore and a renewed session are new views.
//! * What could not be measured is absent, never 0.
//! * Units live in types ([`time`]); the wire's units are made in one place ([`json::Writer`]).
//! * Nothing panics: the lints forbid what could. If something does all the same, the module
//!   traps, the shim's fuse blows, and the page goes on without Ferrum.
//! * Crates that need a browser are dependencies of the wasm32 target only, so that the compiler
//!   keeps the rest pure.
//! * Every byte is paid by every visitor. What costs kilobytes is kept out: the standard library,
//!   float formatting, hash maps, Unicode tables, string search; the numbers are where the
//!   alternatives are.
//!
//! # What nobody tells
//!
//! Where requests are not patched, the page does not tell when one begins; its timing tells
//! afterwards ([`activity::Wait::on_request`]). What stays unknown:
//!
//! * A click whose request takes longer than the second for which it is held is called dead if the
//!   page shows nothing within 100 ms of it.
//! * What the page changes between the end of such a request and the idle moment at which its
//!   timing is read: some milliseconds are missing in the loading time.
//! * A request that ends more than ten seconds after the click or the view began, and one that has no
//!   timing, such as one that never ends.
//! * `window.open` into a frame. In another window, it takes the focus away, which tells.
//!
//! # Words
//!
//! **View**: one page of an application, from its start to the next. **Action**: something the
//! user did. **Resource**: something the page requested. **Exposure**: the moment a user sees a
//! variant. **Variant**: what a **flag** was evaluated to. **Session**: a visit, up to 15 idle
//! minutes or 4 hours. **Batch**: events waiting for one request. **Beacon**: a request that
//! survives the page. **Intake**: where they go.
//!
//! # Map
//!
//! | module | what it is |
//! |---|---|
//! | [`rum`] | the engine; the only place where parts meet |
//! | [`page`] | its inputs |
//! | [`entry`], [`time`], [`id`] | what the browser observed, when, and the names of things |
//! | [`config`], [`session`], [`view`], [`metric`] | state: what was asked for, who, where, how well |
//! | [`action`], [`activity`] | what the user did, and when the page had answered |
//! | [`resource`], [`url`], [`text`] | rules about one thing each |
//! | [`page_state`] | whether anybody could see it |
//! | [`event`], [`assembly`], [`json`] | what is reported, and how it is written |
//! | [`intake`] | when what is sent |
//! | `browser` (wasm32) | the driver in a page |

// The standard library costs 2 KB of the shipped module. Tests may use it.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod action;
pub mod activity;
pub mod assembly;
pub mod config;
pub mod entry;
pub mod event;
pub mod id;
pub mod intake;
pub mod json;
pub mod metric;
pub mod page;
pub mod page_state;
pub mod resource;
pub mod rum;
pub mod session;
pub mod text;
pub mod time;
pub mod url;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod browser;

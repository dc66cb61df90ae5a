//! The engine in a page: everything here is wasm32 only, and decides nothing.
//!
//! The lazily loaded part of the shim (`js/page/`) observes the page and calls the functions
//! below; they turn what they get into an [`Input`] and let the driver take it from there. All are
//! flat functions over one engine in a slot that is empty while the engine works, so a call from
//! inside a call, before `start` and after a trap does nothing (and costs 2 KB less than an
//! exported class).
//!
//! Times are `DOMHighResTimeStamp`s. Contexts and values are JSON text, empty for none.

mod clock;
mod driver;
mod entries;
mod host;
mod slot;
#[cfg(feature = "standalone")]
mod standalone;
mod storage;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::assembly::Context;
use crate::error_event::{Origin, Report, Thrown};
use crate::id::Uuid;
use crate::json::{Raw, read};
use crate::page::{Call, Input, Page};
use crate::rum::Rum;
use crate::text;
use crate::time::RelativeTime;
use crate::view::{Options, Support};

use driver::{handle, with_engine};
pub use host::Host;

/// Starts the engine. `options` is what the page passed to `init`, `page` describes the page:
/// `url`, `referrer`, `origin`, `activation`, `hidden`, `focused`, `layoutShift`, `tab`, `seed`, and
/// `bounced` for the id of a view that the shim has sent already. Whether it started; if not, the
/// host was told why.
#[wasm_bindgen]
pub fn start(host: Host, options: &str, page: &str) -> bool {
    driver::start(host, options, read_page(page))
}

fn read_page(json: &str) -> Page {
    let value = |name| read::member(json, name);
    let text = |name| value(name).and_then(read::string).unwrap_or_default();
    let number = |name| value(name).and_then(read::number).unwrap_or_default();
    let flag = |name| value(name) == Some("true");
    Page {
        url: text("url"),
        referrer: text("referrer"),
        time_origin: number("origin"),
        activation_start: RelativeTime::from_millis(number("activation")),
        is_hidden: flag("hidden"),
        is_focused: flag("focused"),
        support: Support { layout_shift: flag("layoutShift") },
        tab_id: Uuid::parse(&text("tab")).unwrap_or_default(),
        seed: Uuid::parse(&text("seed")).unwrap_or_default(),
        bounced_view: Uuid::parse(&text("bounced")),
    }
}

/// What one observer delivered: see [`entries`](mod@entries) for the layout of the numbers. The
/// strings are joined by NUL.
#[wasm_bindgen(js_name = addEntries)]
pub fn add_entries(kind: u8, numbers: &[f64], strings: &str) {
    handle(Input::Entries(entries::decode(kind, numbers, strings)));
}

/// `performance.interactionCount`
#[wasm_bindgen(js_name = setInteractionCount)]
pub fn set_interaction_count(count: f64) {
    handle(Input::InteractionCount(count as u64));
}

/// A trusted key press or click.
#[wasm_bindgen(js_name = onUserInput)]
pub fn on_user_input(at: f64) {
    handle(Input::UserInput(RelativeTime::from_millis(at)));
}

/// The user is there. To be called once a second at most.
#[wasm_bindgen(js_name = onActivity)]
pub fn on_activity() {
    handle(Input::Activity { cookie: storage::read() });
}

/// `visibilitychange`
#[wasm_bindgen(js_name = onVisibilityChange)]
pub fn on_visibility_change(is_hidden: bool, at: f64) {
    handle(if is_hidden { Input::Hidden(RelativeTime::from_millis(at)) } else { Input::Visible });
}

/// `focus` and `blur` of the window.
#[wasm_bindgen(js_name = onFocusChange)]
pub fn on_focus_change(is_focused: bool) {
    handle(Input::Focused(is_focused));
}

/// `pagehide` of a page that will not come back.
#[wasm_bindgen(js_name = onTerminate)]
pub fn on_terminate() {
    handle(Input::Terminated);
}

/// `pageshow` of a page that came back.
#[wasm_bindgen(js_name = onRestore)]
pub fn on_restore(at: f64) {
    handle(Input::Restored(RelativeTime::from_millis(at)));
}

/// The address changed; `is_anchor` when its fragment is the id of an element.
#[wasm_bindgen(js_name = onUrlChange)]
pub fn on_url_change(url: String, is_anchor: bool) {
    handle(Input::UrlChanged { url, is_anchor });
}

/// Replaces a context: 0 global, 1 user, 2 account, 3 the view's, 4 device, 5 connectivity,
/// 6 display.
#[wasm_bindgen(js_name = setContext)]
pub fn set_context(at: f64, kind: u8, json: String) {
    let context = match kind {
        0 => Context::Global,
        1 => Context::User,
        2 => Context::Account,
        4 => Context::Device,
        5 => Context::Connectivity,
        6 => Context::Display,
        _ => return call(at, Call::SetViewContext(Raw(json))),
    };
    handle(Input::Context(context, Raw(json)));
}

fn call(at: f64, call: Call) {
    handle(Input::Call(RelativeTime::from_millis(at), call));
}

/// `addAction`
#[wasm_bindgen(js_name = addAction)]
pub fn add_action(at: f64, name: String, context: String) {
    call(at, Call::AddAction { name, context: Raw(context) });
}

/// `addError` (`kind` 2), an uncaught exception (0) and an unhandled rejection (1). `texts` is name,
/// message and stack of the error and then of each of its causes, all joined by NUL;
/// `handling_stack` that of an error made in `addError`.
#[wasm_bindgen(js_name = addError)]
pub fn add_error(
    at: f64,
    kind: u8,
    texts: &str,
    context: String,
    fingerprint: String,
    handling_stack: String,
) {
    let origin = if kind == 2 { Origin::Custom } else { Origin::Uncaught };
    let report = Report { origin, chain: read_chain(texts), fingerprint, handling_stack };
    call(at, Call::AddError { report, context: Raw(context) });
}

fn read_chain(texts: &str) -> Vec<Thrown> {
    let mut texts = text::pieces(texts, b'\0').map(str::to_owned);
    let next =
        || Some(Thrown { name: texts.next()?, message: texts.next()?, stack: texts.next()? });
    core::iter::from_fn(next).collect()
}

/// `addTiming`; a negative time stands for none.
#[wasm_bindgen(js_name = addTiming)]
pub fn add_timing(at: f64, name: String, time: f64) {
    call(at, Call::AddTiming { name, time: (time >= 0.0).then_some(time) });
}

/// `startView`, with its options as JSON: `name`, `service`, `version`, `context` and `url`.
#[wasm_bindgen(js_name = startView)]
pub fn start_view(at: f64, json: &str) {
    let text = |name| read::member(json, name).and_then(read::string);
    let options = Options {
        name: text("name"),
        service: text("service"),
        version: text("version"),
        context: Raw(read::member(json, "context").unwrap_or_default().to_owned()),
    };
    call(at, Call::StartView { options, url: text("url") });
}

/// `setViewName`
#[wasm_bindgen(js_name = setViewName)]
pub fn set_view_name(at: f64, name: String) {
    call(at, Call::SetViewName(name));
}

/// `addFeatureFlagEvaluation`
#[wasm_bindgen(js_name = addFeatureFlagEvaluation)]
pub fn add_feature_flag_evaluation(at: f64, key: String, json: String) {
    call(at, Call::AddFeatureFlagEvaluation { key, value: Raw(json) });
}

/// `setTrackingConsent`
#[wasm_bindgen(js_name = setTrackingConsent)]
pub fn set_tracking_consent(_at: f64, is_granted: bool) {
    handle(Input::Consent { is_granted, cookie: storage::read() });
}

/// `getInternalContext` as JSON text, now or (not negative) at another time; empty for none.
#[wasm_bindgen(js_name = internalContext)]
pub fn internal_context(at: f64) -> String {
    let at = (at >= 0.0).then(|| RelativeTime::from_millis(at));
    with_engine(|rum| rum.internal_context(at)).flatten().unwrap_or_default()
}

/// The time asked for has come.
#[wasm_bindgen]
pub fn wake() {
    driver::wake();
}

/// The current view's own context as JSON text; `{}` for none.
#[wasm_bindgen(js_name = viewContext)]
pub fn view_context() -> String {
    with_engine(Rum::view_context).flatten().unwrap_or_else(|| "{}".into())
}

/// Sends what there is, and forgets the engine.
#[wasm_bindgen]
pub fn stop() {
    handle(Input::Stop);
    driver::stop();
}

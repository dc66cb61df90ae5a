//! Keeps the session across pages, in the cookie that Datadog's SDKs share.
//!
//! Where cookies are blocked, reads give nothing and writes do nothing: the engine then goes on
//! with what it remembers.

use alloc::borrow::ToOwned;
use alloc::string::String;

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlDocument;

use crate::text;

#[wasm_bindgen]
extern "C" {
    // Without the detour over the window, whose type would be checked at run time.
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: HtmlDocument;
}

/// Name of the cookie (`@datadog/browser-core` 7.16, `SESSION_STORE_KEY`).
const NAME: &str = "_dd_s_v2=";
const ATTRIBUTES: &str = ";path=/;samesite=strict;max-age=";
/// A year with the anonymous id, else as long as a session can last; the session in it expires by
/// its own dates (`SESSION_COOKIE_EXPIRATION_DELAY`).
const LIFETIMES: [&str; 2] = ["31536000", "14400"];

/// The cookie's value; empty when there is none or the page must not know. Of several (set for
/// parent domains by somebody) the one without a domain wins, which says `c=0`.
pub(super) fn read() -> String {
    let cookies = DOCUMENT.with(HtmlDocument::cookie).unwrap_or_default();
    let mut values =
        text::pieces(&cookies, b';').filter_map(|pair| pair.trim_ascii().strip_prefix(NAME));
    let first = values.clone().next();
    values.find(|value| value.ends_with("c=0")).or(first).unwrap_or_default().to_owned()
}

/// Replaces the cookie's value.
pub(super) fn write(value: &str) {
    let [with_user, without] = LIFETIMES;
    let has_user = text::pieces(value, b'&').any(|pair| pair.starts_with("aid="));
    let lifetime = if has_user { with_user } else { without };
    // Refused in a sandboxed document: see above.
    let _ = DOCUMENT
        .with(|document| document.set_cookie(&[NAME, value, ATTRIBUTES, lifetime].concat()));
}

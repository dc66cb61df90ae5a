//! Keeps the session across pages, in the cookie that Datadog's SDKs share.
//!
//! Where cookies are blocked, reads give nothing and writes do nothing: the engine then goes on
//! with what it remembers.

use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// Name of the cookie (`@datadog/browser-core` 7.16, `SESSION_STORE_KEY`).
const NAME: &str = "_dd_s_v2=";
/// A year with the anonymous id; the session in it expires by its own dates
/// (`SESSION_COOKIE_EXPIRATION_DELAY`).
const ATTRIBUTES: &str = ";path=/;samesite=strict;max-age=31536000";

fn document() -> Option<HtmlDocument> {
    Some(web_sys::window()?.document()?.unchecked_into())
}

/// The cookie's value; empty when there is none or the page must not know. Of several (set for
/// parent domains by somebody) the one without a domain wins, which says `c=0`.
pub(super) fn read() -> String {
    let cookies = document().and_then(|document| document.cookie().ok()).unwrap_or_default();
    let mut values = cookies.split(';').filter_map(|pair| pair.trim_ascii().strip_prefix(NAME));
    let first = values.clone().next();
    values.find(|value| value.ends_with("c=0")).or(first).unwrap_or_default().to_owned()
}

/// Replaces the cookie's value.
pub(super) fn write(value: &str) {
    if let Some(document) = document() {
        // Refused in a sandboxed document: see above.
        let _ = document.set_cookie(&[NAME, value, ATTRIBUTES].concat());
    }
}

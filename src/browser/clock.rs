//! The only reader of clocks.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Performance;

use crate::time::{Now, RelativeTime};

#[wasm_bindgen]
extern "C" {
    // Without the detour over the window, whose type would be checked at run time.
    #[wasm_bindgen(thread_local_v2, js_name = performance)]
    static PERFORMANCE: Performance;
}

/// The page's two clocks.
pub(super) fn now() -> Now {
    let at = RelativeTime::from_millis(PERFORMANCE.with(Performance::now));
    Now { at, wall: js_sys::Date::now() }
}

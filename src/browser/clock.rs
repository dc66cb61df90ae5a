//! The only reader of clocks, and of the source of randomness.

use crate::time::{Now, RelativeTime};

/// The page's two clocks. Without `performance` (no known browser) the wall clock stands in.
pub(super) fn now() -> Now {
    let wall = js_sys::Date::now();
    let performance = web_sys::window().and_then(|window| window.performance());
    let at = performance.map_or(wall, |performance| performance.now());
    Now { at: RelativeTime::from_millis(at), wall }
}

/// 128 random bits; from the clock where the page has no `crypto`, which still tells pages apart.
pub(super) fn seed() -> [u64; 2] {
    let mut bytes = [0; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if !matches!(filled, Some(Ok(_))) {
        let Now { at, wall } = now();
        return [wall.to_bits(), (at.as_millis() + js_sys::Math::random()).to_bits()];
    }
    let seed = u128::from_le_bytes(bytes);
    [seed as u64, (seed >> 64) as u64]
}

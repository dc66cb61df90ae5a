//! Where the page writes what it gives: numbers, and after them text. It does so by itself, so that
//! what crosses the boundary are numbers, and wasm-bindgen's glue is nothing but calls.

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;

use super::slot::Slot;

static INBOX: Slot<Inbox> = Slot::empty();

#[derive(Default)]
pub(super) struct Inbox {
    /// Text needs no alignment, numbers do.
    memory: Vec<f64>,
    numbers: usize,
    text_size: usize,
}

/// Room for so many numbers, and for text of so many bytes right after them. It is gone with the
/// next [`input`](super::input), for which it must be filled: with UTF-8.
#[wasm_bindgen]
#[must_use]
pub fn reserve(numbers: usize, text_size: usize) -> *mut f64 {
    let mut memory = alloc::vec![0.0; numbers + text_size.div_ceil(8)];
    let place = memory.as_mut_ptr();
    INBOX.put(Inbox { memory, numbers, text_size });
    place
}

/// What was given; nothing without any room.
pub(super) fn take() -> Inbox {
    INBOX.take().unwrap_or_default()
}

impl Inbox {
    pub(super) fn parts(&self) -> (&[f64], &str) {
        let (numbers, rest) = self.memory.split_at_checked(self.numbers).unwrap_or_default();
        (numbers, text(rest, self.text_size))
    }
}

#[allow(unsafe_code, reason = "any bits are bytes, and `reserve` asks for UTF-8")]
fn text(memory: &[f64], size: usize) -> &str {
    // SAFETY: as above. What `TextEncoder` writes is UTF-8; checking it costs a kilobyte.
    unsafe {
        let (_, bytes, _) = memory.align_to::<u8>();
        core::str::from_utf8_unchecked(bytes.get(..size).unwrap_or_default())
    }
}

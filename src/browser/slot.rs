//! A place for the one engine of a page.

use core::cell::Cell;

/// A `Cell` in a `static`. What is in it is taken out to be used, so that a call from inside a
/// call finds the slot empty instead of a value in use.
pub(super) struct Slot<T>(Cell<Option<T>>);

#[allow(unsafe_code, reason = "a page's module has one thread, and `Slot` is private to it")]
unsafe impl<T> Sync for Slot<T> {}

impl<T> Slot<T> {
    pub(super) const fn empty() -> Self {
        Self(Cell::new(None))
    }

    pub(super) fn put(&self, value: T) {
        self.0.set(Some(value));
    }

    pub(super) fn take(&self) -> Option<T> {
        self.0.take()
    }
}

//! The loop: one input, drain the outputs, arm one timer.
//!
//! The engine is out of its slot while it works. It is put back before its outputs are carried
//! out, so what they call in the page may call the engine again.

use alloc::boxed::Box;

use super::host;
use super::slot::Slot;
use crate::page::Input;
use crate::rum::Rum;
use crate::time::{Now, RelativeTime};

/// `setTimeout` takes a signed 32-bit number; a day is long enough to look at the clock again.
const LONGEST_WAIT: f64 = 86_400_000.0;

/// It lives as long as its page: what would free it weighs more than it does.
static DRIVER: Slot<&mut Driver> = Slot::empty();

/// An engine in its page.
struct Driver {
    rum: Rum,
    /// When the timer of the page is due; absent when it is not armed.
    armed: Option<RelativeTime>,
}

/// Puts an engine into the page, unless there is one already.
pub(super) fn start(rum: impl FnOnce() -> Rum, now: Now) {
    let is_first = with_engine(|_| ()).is_none();
    if is_first {
        drain(Box::leak(Box::new(Driver { rum: rum(), armed: None })), now);
    }
    host::answer(is_first.then_some("started"));
}

/// Forgets the engine.
pub(super) fn stop() {
    DRIVER.take();
}

/// Gives the engine an input. Without an engine in the slot nothing happens.
pub(super) fn handle(input: Input, now: Now) {
    if let Some(driver) = DRIVER.take() {
        if matches!(input, Input::Wake { .. }) {
            driver.armed = None;
        }
        driver.rum.handle_input(input, now);
        drain(driver, now);
    }
}

/// Looks at the engine; absent without one in the slot.
pub(super) fn with_engine<T>(look: impl FnOnce(&Rum) -> T) -> Option<T> {
    let driver = DRIVER.take()?;
    let seen = look(&driver.rum);
    DRIVER.put(driver);
    Some(seen)
}

fn drain(driver: &'static mut Driver, now: Now) {
    let outputs = driver.rum.take_outputs();
    let deadline = driver.rum.next_deadline();
    // The timer is armed anew only if the deadline moved.
    let is_moved = driver.armed != deadline;
    driver.armed = deadline;
    DRIVER.put(driver);
    if is_moved {
        host::wake_in(deadline.map_or(-1.0, |due| wait_until(due, now)));
    }
    outputs.into_iter().for_each(host::carry_out);
}

/// In whole milliseconds, rounded up: a timer that is early would be armed again at once.
fn wait_until(due: RelativeTime, now: Now) -> f64 {
    let wait = (due - now.at).as_millis().clamp(0.0, LONGEST_WAIT);
    f64::from(wait as u32 + 1)
}

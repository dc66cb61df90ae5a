//! The loop: one input, drain the outputs, arm one timer.
//!
//! The engine is out of its slot while it works. It is put back before its outputs are carried
//! out, so what they call in the page may call the engine again.

use alloc::boxed::Box;
use alloc::string::String;

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
    /// When the timer of the page is due.
    armed: RelativeTime,
}

/// Puts an engine into the page, unless there is one already.
pub(super) fn start(rum: impl FnOnce() -> Rum, now: Now) {
    if let Some(driver) = DRIVER.take() {
        DRIVER.put(driver);
        host::answer("");
    } else {
        drain(Box::leak(Box::new(Driver { rum: rum(), armed: RelativeTime::NEVER })), now);
        host::answer("started");
    }
}

/// Forgets the engine.
pub(super) fn stop() {
    DRIVER.take();
}

/// Gives the engine an input. Without an engine in the slot nothing happens.
pub(super) fn handle(input: Input<'_>, now: Now) {
    if let Some(driver) = DRIVER.take() {
        if matches!(input, Input::Wake { .. }) {
            driver.armed = RelativeTime::NEVER;
        }
        driver.rum.handle_input(input, now);
        drain(driver, now);
    }
}

/// Answers a question to the engine; with nothing when there is none in the slot.
pub(super) fn answer(look: impl FnOnce(&Rum) -> String) {
    let answer = DRIVER.take().map_or_else(String::new, |driver| {
        let answer = look(&driver.rum);
        DRIVER.put(driver);
        answer
    });
    host::answer(&answer);
}

fn drain(driver: &'static mut Driver, now: Now) {
    let outputs = driver.rum.take_outputs();
    let deadline = driver.rum.next_deadline();
    // The timer is armed anew only if the deadline moved.
    let is_moved = driver.armed != deadline;
    driver.armed = deadline;
    DRIVER.put(driver);
    if is_moved {
        host::wake_in(wait_until(deadline, now));
    }
    outputs.into_iter().for_each(host::carry_out);
}

/// In whole milliseconds, rounded up: a timer that is early would be armed again at once.
fn wait_until(due: RelativeTime, now: Now) -> f64 {
    let wait = (due - now.at).as_millis().clamp(0.0, LONGEST_WAIT);
    f64::from(wait as u32 + 1)
}

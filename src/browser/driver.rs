//! The loop: one input, drain the outputs, arm one timer.
//!
//! The engine is out of its slot while it works. It is put back before its outputs are carried
//! out, so what they call in the page may call the engine again.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::slot::Slot;
use super::{Host, clock, storage};
use crate::page::{Input, Page};
use crate::rum::{Output, Rum};
use crate::time::RelativeTime;

/// `setTimeout` takes a signed 32-bit number; a day is long enough to look at the clock again.
const LONGEST_WAIT: f64 = 86_400_000.0;

static DRIVER: Slot<Box<Driver>> = Slot::empty();

/// An engine in its page.
struct Driver {
    rum: Rum,
    host: Host,
    /// When the timer of the host is due; absent when it is not armed.
    armed: Option<RelativeTime>,
}

/// Makes the engine of this page; whether it could be made.
pub(super) fn start(host: Host, options: &str, page: Page) -> bool {
    if with_engine(|_| ()).is_some() {
        host.warn("another Ferrum is collecting on this page: call init of one only. Nothing is collected by this one.");
        return false;
    }
    match Rum::start(options, page, &storage::read(), clock::now()) {
        Ok(rum) => {
            drain(Box::new(Driver { rum, host, armed: None }));
            true
        }
        Err(messages) => {
            messages.iter().for_each(|message| host.warn(message));
            false
        }
    }
}

/// Forgets the engine.
pub(super) fn stop() {
    DRIVER.take();
}

/// Gives the engine an input. Without an engine in the slot nothing happens.
pub(super) fn handle(input: Input) {
    if let Some(mut driver) = DRIVER.take() {
        driver.rum.handle_input(input, clock::now());
        drain(driver);
    }
}

/// The timer went off.
pub(super) fn wake() {
    if let Some(mut driver) = DRIVER.take() {
        driver.armed = None;
        DRIVER.put(driver);
        handle(Input::Wake { cookie: storage::read() });
    }
}

/// Looks at the engine; absent without one in the slot.
pub(super) fn with_engine<T>(look: impl FnOnce(&Rum) -> T) -> Option<T> {
    let driver = DRIVER.take()?;
    let seen = look(&driver.rum);
    DRIVER.put(driver);
    Some(seen)
}

fn drain(mut driver: Box<Driver>) {
    let mut outputs = Vec::new();
    let deadline = loop {
        match driver.rum.poll_output() {
            Output::Wake(deadline) => break deadline,
            output => outputs.push(output),
        }
    };
    // The timer is armed anew only if the deadline moved.
    let is_moved = driver.armed != deadline;
    driver.armed = deadline;
    let host = driver.host.clone();
    DRIVER.put(driver);
    if is_moved {
        host.wake_in(deadline.map_or(-1.0, wait_until));
    }
    outputs.into_iter().for_each(|output| carry_out(output, &host));
}

/// In whole milliseconds, rounded up: a timer that is early would be armed again at once.
fn wait_until(due: RelativeTime) -> f64 {
    let wait = (due - clock::now().at).as_millis().clamp(0.0, LONGEST_WAIT);
    f64::from(wait as u32 + 1)
}

fn carry_out(output: Output, host: &Host) {
    match output {
        Output::Send { body, is_exit } => host.send(&body, is_exit),
        Output::Warn(message) => host.warn(&message),
        Output::Store(cookie) => storage::write(&cookie),
        Output::Wake(_) => {}
    }
}

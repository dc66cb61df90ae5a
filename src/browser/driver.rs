//! The loop: one input, drain the outputs, arm one timer.
//!
//! The engine is out of its slot while it works. It is put back before its outputs are carried
//! out, so what they call in the page may call the engine again.

use core::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;

use super::{Host, clock, storage};
use crate::page::{Input, Page};
use crate::rum::{Output, Rum};
use crate::time::RelativeTime;

/// `setTimeout` takes a signed 32-bit number; a day is long enough to look at the clock again.
const LONGEST_WAIT: f64 = 86_400_000.0;

thread_local! {
    static ENGINE: Cell<Option<Box<Rum>>> = const { Cell::new(None) };
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
    static TIMER: Cell<Option<Timer>> = const { Cell::new(None) };
}

struct Timer {
    due: RelativeTime,
    /// Cancelled when dropped.
    _timeout: Timeout,
}

/// Makes the engine of this page; whether it could be made.
pub(super) fn start(host: Host, options: &str, page: Page) -> bool {
    match Rum::start(options, page, &storage::read(), clock::seed(), clock::now()) {
        Ok(rum) => {
            HOST.set(Some(host));
            drain(Box::new(rum));
            true
        }
        Err(messages) => {
            messages.iter().for_each(|message| host.warn(message));
            false
        }
    }
}

/// Forgets the engine and its timer.
pub(super) fn stop() {
    ENGINE.take();
    TIMER.take();
    HOST.take();
}

/// Gives the engine an input. Without an engine in the slot nothing happens.
pub(super) fn handle(input: Input) {
    if let Some(mut rum) = ENGINE.take() {
        rum.handle_input(input, clock::now());
        drain(rum);
    }
}

/// Looks at the engine; absent without one in the slot.
pub(super) fn with_engine<T>(look: impl FnOnce(&Rum) -> T) -> Option<T> {
    let rum = ENGINE.take()?;
    let seen = look(&rum);
    ENGINE.set(Some(rum));
    Some(seen)
}

fn drain(mut rum: Box<Rum>) {
    let mut outputs = Vec::new();
    let deadline = loop {
        match rum.poll_output() {
            Output::Wake(deadline) => break deadline,
            output => outputs.push(output),
        }
    };
    ENGINE.set(Some(rum));
    arm(deadline);
    outputs.into_iter().for_each(carry_out);
}

fn carry_out(output: Output) {
    HOST.with_borrow(|host| match (output, host) {
        (Output::Send { body, is_exit }, Some(host)) => host.send(&body, is_exit),
        (Output::Warn(message), Some(host)) => host.warn(&message),
        (Output::Store(cookie), _) => storage::write(&cookie),
        _ => {}
    });
}

/// Arms the timer anew only if the deadline moved.
fn arm(deadline: Option<RelativeTime>) {
    let timer = TIMER.take().filter(|timer| Some(timer.due) == deadline);
    TIMER.set(timer.or_else(|| deadline.map(wake_at)));
}

fn wake_at(due: RelativeTime) -> Timer {
    let wait = (due - clock::now().at).as_millis().clamp(0.0, LONGEST_WAIT);
    let wake = || {
        TIMER.take();
        HOST.with_borrow(|host| host.as_ref().map(Host::wake));
    };
    // Rounded up: a timer that is early would be armed again at once.
    Timer { due, _timeout: Timeout::new(wait.ceil() as u32, wake) }
}

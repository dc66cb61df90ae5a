//! What the page tells the engine, by the numbers of `src/browser/inputs.rs`.

use crate::page::{ORIGIN, Page};

pub(crate) const START: u8 = 7;
const INTERACTION_COUNT: u8 = 8;
const ACTIVITY: u8 = 10;
const VISIBILITY: u8 = 11;
const CONSENT: u8 = 16;
const CONTEXT: u8 = 17;
const WAKE: u8 = 18;
pub(crate) const STOP: u8 = 19;
pub(crate) const REVIEWED: u8 = 23;
const EVENT: u8 = 24;
const ACTION: u8 = 25;
const FLAG: u8 = 30;
pub(crate) const INTERNAL_CONTEXT: u8 = 31;
pub(crate) const VIEW_CONTEXT: u8 = 32;
pub(crate) const DELIVER: u8 = 33;
const DELIVERY: u8 = 44;

pub(crate) const APPLICATION_ID: &str = "5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11";
pub(crate) const SEED: &str = "11111111-2222-4333-8444-555555555555";

/// What the page says at the start.
pub(crate) struct Start {
    pub(crate) seed: &'static str,
    /// The view that the shim sent.
    pub(crate) bounced: &'static str,
    pub(crate) has_before_send: bool,
}

impl Default for Start {
    fn default() -> Self {
        Self { seed: SEED, bounced: "", has_before_send: false }
    }
}

impl Start {
    /// In the order of `js/page/page.ts`.
    pub(crate) fn give(&self, page: &Page) {
        let [no, yes] = [0.0, 1.0];
        let has_before_send = f64::from(u8::from(self.has_before_send));
        let view = [ORIGIN, 0.0, no, yes, yes];
        let was_sent = f64::from(u8::from(!self.bounced.is_empty()));
        let options = [100.0, yes, no, yes, no, has_before_send, 0.0, was_sent];
        let base = format!(r#"{{"application":{{"id":"{APPLICATION_ID}"}},"service":"shop 🔥"}}"#);
        let view_base = r#"{"privacy":{"replay_level":"mask"}}"#;
        let url = "https://shop.example/basket?step=1";
        page.input(
            START,
            &[&view[..], &options[..]].concat(),
            &[url, "", self.seed, self.bounced, &page.cookie(), &base, view_base],
        );
    }
}

impl Page {
    pub(crate) fn set_interaction_count(&self, count: f64) {
        self.input(INTERACTION_COUNT, &[count], &[]);
    }

    pub(crate) fn be_active(&self) {
        self.input(ACTIVITY, &[], &[&self.cookie()]);
    }

    pub(crate) fn hide(&self) {
        self.input(VISIBILITY, &[1.0], &[]);
    }

    pub(crate) fn show(&self) {
        self.input(VISIBILITY, &[0.0], &[]);
    }

    pub(crate) fn grant_consent(&self) {
        self.input(CONSENT, &[1.0], &[&self.cookie()]);
    }

    pub(crate) fn withdraw_consent(&self) {
        self.input(CONSENT, &[0.0], &[&self.cookie()]);
    }

    /// From now on; other events leave as they are, and not at once.
    pub(crate) fn complete_views(&self) {
        let [is_reviewed, is_immediate, completes_views] = [0.0, 0.0, 1.0];
        self.input(DELIVERY, &[is_reviewed, is_immediate, completes_views], &[]);
    }

    pub(crate) fn set_global_context(&self, json: &str) {
        self.input(CONTEXT, &[0.0], &[json]);
    }

    /// The timer is over, whichever it was.
    pub(crate) fn wake(&self) {
        self.forget_timer();
        self.input(WAKE, &[], &[&self.cookie()]);
    }

    pub(crate) fn stop(&self) {
        self.input(STOP, &[], &[]);
    }

    pub(crate) fn add_action(&self, name: &str) {
        self.input(ACTION, &[], &[name]);
    }

    pub(crate) fn add_action_with(&self, name: &str, context: &str) {
        self.input(ACTION, &[], &[name, context]);
    }

    /// One with these contexts: its own, and that of the call. The engine asks for the rest.
    pub(crate) fn add_error(&self, own: &str, of_call: &str) {
        let parts = [own, of_call].map(|context| format!(r#"{{"context":{context}}}"#));
        self.input(EVENT, &[1.0, 0.0, 0.0, 1.0], &[&parts[0], &parts[1]]);
    }

    pub(crate) fn add_flag(&self, key: &str, value: &str) {
        self.input(FLAG, &[], &[key, value]);
    }
}

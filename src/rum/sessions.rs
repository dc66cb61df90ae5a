//! Sessions expire, are renewed, and end with the user's consent.

use super::{Output, Rum};
use crate::session::Change;
use crate::time::{Duration, RelativeTime};
use crate::view::LoadingType;

impl Rum {
    pub(super) fn store_session(&mut self) {
        if let Some(text) = self.session.take_change() {
            self.outputs.push(Output::Store(text));
        }
    }

    /// What the user did before the page ended the session does not begin another: a click on
    /// "log out" comes here only after the page has dealt with it.
    pub(super) fn on_activity(&mut self, at: RelativeTime, cookie: &str) {
        if self.has_consent && at > self.session_stopped {
            let change = self.session.on_activity(cookie, &mut self.ids, self.now.timestamp());
            self.on_session(change);
        }
    }

    /// Also without consent: what the page ended stays ended.
    pub(super) fn look_at_session(&mut self, cookie: &str) {
        let change = self.session.look(cookie, self.now.timestamp());
        self.on_session(change);
    }

    /// The session expired or is to be kept alive, if the page was not shown just now.
    pub(super) fn keep_session_alive(&mut self, cookie: &str, is_shown: bool) {
        if self.page.is_hidden {
            return self.look_at_session(cookie);
        }
        let change = self.session.keep_alive(cookie, is_shown, self.now.timestamp());
        self.on_session(change);
    }

    pub(super) fn on_resumed(&mut self, cookie: &str) {
        if self.has_consent {
            let change = self.session.on_resume(cookie, &mut self.ids, self.now.timestamp());
            self.on_session(change);
        }
    }

    pub(super) fn stop_session(&mut self, cookie: &str) {
        if self.has_consent {
            self.session.stop(cookie, self.now.timestamp());
            self.session_stopped = self.now.at;
            self.on_session(Change::Expired);
        }
    }

    pub(super) fn set_consent(&mut self, is_granted: bool, cookie: &str) {
        if is_granted == self.has_consent {
            return;
        }
        self.has_consent = is_granted;
        let now = self.now.timestamp();
        let change = if is_granted {
            let tracks_user = self.assembly.config().track_anonymous_user;
            self.session.start(cookie, tracks_user, &mut self.ids, now)
        } else {
            self.session.forget(cookie, now);
            Change::Expired
        };
        self.on_session(change);
    }

    fn on_session(&mut self, change: Change) {
        self.store_session();
        if change == Change::None {
            return;
        }
        self.end_session();
        if change == Change::Renewed {
            self.assembly.set_anonymous_id(self.session.anonymous_id());
            self.renew_view();
        }
    }

    /// Ends the view of a session that is over, and sends what was collected in it.
    fn end_session(&mut self) {
        if let Some(view) = self.current_mut() {
            view.is_session_over = true;
        }
        self.end_view(self.now.at);
        self.flush(false);
    }

    fn renew_view(&mut self) {
        let options = self.views.last().map(|view| view.options.clone());
        self.start_view(LoadingType::SessionRenewal, self.now.at);
        if let (Some(options), Some(view)) = (options, self.current_mut()) {
            view.options = options;
        }
    }

    /// When to look at the session if nothing happens: by the wall clock, as other tabs reckon it,
    /// and as the two clocks stand now.
    pub(super) fn session_deadline(&self) -> Option<RelativeTime> {
        self.current()?;
        let deadline = self.session.deadline(!self.page.is_hidden)?;
        Some(self.now.at + Duration::from_millis(deadline as f64 - self.now.wall))
    }
}

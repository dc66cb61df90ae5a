//! Sessions expire, are renewed, and end with the user's consent.

use super::{Output, Rum};
use crate::session::Change;
use crate::time::{Duration, RelativeTime};
use crate::view::LoadingType;

impl Rum {
    pub(super) fn store_session(&mut self) {
        self.assembly.anonymous_id = self.session.anonymous_id();
        self.outputs.push_back(Output::Store(self.session.cookie()));
    }

    pub(super) fn on_activity(&mut self, cookie: &str) {
        if !self.has_consent {
            return;
        }
        let change = self.session.on_activity(cookie, &mut self.ids, self.now.timestamp());
        self.store_session();
        if change == Change::Renewed {
            self.end_session();
            self.renew_view();
        }
    }

    /// The cookie is not touched: it says itself that it expired, and may meanwhile hold the
    /// session of another tab.
    pub(super) fn on_session_deadline(&mut self, cookie: &str) {
        if self.session.on_deadline(cookie, self.now.timestamp()) == Change::Expired {
            self.end_session();
        }
    }

    pub(super) fn set_consent(&mut self, is_granted: bool, cookie: &str) {
        if is_granted == self.has_consent {
            return;
        }
        self.has_consent = is_granted;
        if is_granted {
            self.on_activity(cookie);
        } else {
            self.session.forget();
            self.store_session();
            self.end_session();
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
        let options = self.views.last().map(|view| view.options.clone()).unwrap_or_default();
        self.start_view(LoadingType::SessionRenewal, self.now.at, options);
    }

    /// When the session expires if nothing happens: by the wall clock, as other tabs reckon it, and
    /// as the two clocks stand now.
    pub(super) fn session_deadline(&self) -> Option<RelativeTime> {
        let session = self.session.session().filter(|_| self.current().is_some())?;
        Some(self.now.at + Duration::from_millis(session.deadline() as f64 - self.now.wall))
    }
}

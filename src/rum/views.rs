//! Views start, change and end.

use alloc::string::String;

use super::Rum;
use crate::time::RelativeTime;
use crate::url;
use crate::view::{LoadingType, Metrics, Options, Scroll, View};

impl Rum {
    pub(super) fn start_initial_view(&mut self) {
        let Some(session) = self.session.session() else { return };
        let id = self.page.bounced_view.unwrap_or_else(|| self.ids.uuid());
        let metrics = Metrics::of_document(self.page.support, self.page.activation_start);
        let start = RelativeTime::ORIGIN;
        let mut view =
            View::start(id, session.id, LoadingType::InitialLoad, start, metrics, self.now.at);
        view.document_version = self.page.bounced_view.is_some().into();
        view.referrer = self.page.referrer.clone();
        self.push_view(view);
    }

    /// Ends the current view, if there is one, and starts another; nothing without a session.
    pub(super) fn start_view(
        &mut self,
        loading_type: LoadingType,
        start: RelativeTime,
        options: Options,
    ) {
        self.end_view(start);
        let Some(session) = self.session.session() else { return };
        let metrics = Metrics::of_route(self.page.support, self.interaction_count);
        let mut view =
            View::start(self.ids.uuid(), session.id, loading_type, start, metrics, self.now.at);
        view.options = options;
        let last = self.views.last().map(|last| last.url.clone());
        view.referrer = last.unwrap_or_else(|| self.page.referrer.clone());
        self.push_view(view);
    }

    fn push_view(&mut self, mut view: View) {
        view.url = self.page.url.clone();
        view.date = self.assembly.clocks.timestamp(view.start);
        self.views.push(view);
        self.upsert(self.views.len() - 1);
    }

    pub(super) fn end_view(&mut self, at: RelativeTime) {
        self.actions.interrupt(true, at);
        self.report_actions();
        if let Some(view) = self.current_mut() {
            view.end(at);
            self.upsert(self.views.len() - 1);
        }
    }

    /// Makes new versions of the views whose time has come, or, before an exit, of all that have
    /// anything to say: an active view at least spent more time.
    pub(super) fn update_views(&mut self, is_exit: bool) {
        for index in 0..self.views.len() {
            let due = self.views.get(index).and_then(View::update_due);
            if due.is_some_and(|due| is_exit || due <= self.now.at) {
                self.upsert(index);
            }
        }
    }

    pub(super) fn current(&self) -> Option<&View> {
        self.views.last().filter(|view| view.is_active())
    }

    pub(super) fn current_mut(&mut self) -> Option<&mut View> {
        self.views.last_mut().filter(|view| view.is_active())
    }

    pub(super) fn view_at(&self, at: RelativeTime) -> Option<&View> {
        self.views.iter().rev().find(|view| view.contains(at))
    }

    pub(super) fn view_at_mut(&mut self, at: RelativeTime) -> Option<&mut View> {
        self.views.iter_mut().rev().find(|view| view.contains(at))
    }

    pub(super) fn on_url_changed(&mut self, url: String, is_anchor: bool) {
        let is_other_page = url::is_other_page(&self.page.url, &url, is_anchor);
        self.page.url = url;
        if is_other_page && !self.assembly.config().track_views_manually {
            self.start_view(LoadingType::RouteChange, self.now.at, Options::default());
        } else {
            let url = self.page.url.clone();
            if let Some(view) = self.current_mut() {
                view.url = url;
            }
        }
    }

    pub(super) fn on_scrolled(&mut self, at: RelativeTime, [depth, top, height]: [f64; 3]) {
        if let Some(view) = self.current_mut() {
            view.scroll = Some(Scroll::after(view.scroll, depth, top, height, at));
            view.change(at);
        }
    }

    pub(super) fn on_restored(&mut self, at: RelativeTime) {
        self.page.is_hidden = false;
        self.enter_page_state(at);
        if !self.assembly.config().track_views_manually {
            self.start_view(LoadingType::BfCache, at, Options::default());
        }
    }

    pub(super) fn finalize_lcp(&mut self, at: RelativeTime) {
        self.views.iter_mut().for_each(|view| view.metrics.finalize_lcp(at));
    }
}

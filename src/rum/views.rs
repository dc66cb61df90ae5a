//! Views start, change and end.

use alloc::borrow::ToOwned;

use super::Rum;
use crate::time::RelativeTime;
use crate::url;
use crate::view::{LoadingType, Metrics, Scroll, View};

impl Rum {
    /// Ends the current view, if there is one, and starts another; nothing without a session.
    pub(super) fn start_view(&mut self, loading_type: LoadingType, start: RelativeTime) {
        self.end_view(start);
        let Some(session) = self.session.session() else { return };
        let is_document = loading_type == LoadingType::InitialLoad;
        let metrics = Metrics::new(self.page.support, start, is_document, self.interaction_count);
        let known = self.page.initial_view.take();
        let id = known.unwrap_or_else(|| self.ids.uuid());
        let mut view = View::start(id, session.id, loading_type, start, metrics, self.now.at);
        view.date = self.assembly.clocks.timestamp(start);
        view.set_url(&self.page.url);
        let before = self.views.last().map_or(&*self.page.referrer, |last| last.url_at(last.start));
        view.referrer.push_str(before);
        view.document_version = (known.is_some() && self.page.was_sent).into();
        self.views.push(view);
        self.upsert_last();
    }

    pub(super) fn end_view(&mut self, at: RelativeTime) {
        self.actions.interrupt(true, at);
        self.report_actions();
        if let Some(view) = self.current_mut() {
            view.end(at);
            self.upsert_last();
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

    // One copy for all who change it.
    #[inline(never)]
    pub(super) fn current_mut(&mut self) -> Option<&mut View> {
        self.views.last_mut().filter(|view| view.is_active())
    }

    pub(super) fn view_at(&self, at: RelativeTime) -> Option<&View> {
        self.views.iter().rev().find(|view| view.contains(at))
    }

    pub(super) fn on_url_changed(&mut self, url: &str, is_anchor: bool) {
        let is_other_page = url::is_other_page(&self.page.url, url, is_anchor);
        url.clone_into(&mut self.page.url);
        if is_other_page && !self.assembly.config().track_views_manually {
            self.start_view(LoadingType::RouteChange, self.now.at);
        } else {
            let now = self.now.at;
            if let Some(view) = self.current_mut() {
                view.move_to(url, now);
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
        // Chromium has told so before, at a time after that of its `pageshow`.
        if core::mem::take(&mut self.page.is_hidden) {
            self.enter_page_state(at);
        }
        if !self.assembly.config().track_views_manually {
            // Only now is it over, as in the official SDK: how the page came back belongs to both.
            self.end_view(self.now.at);
            self.start_view(LoadingType::BfCache, at);
        }
    }

    pub(super) fn finalize_lcp(&mut self, at: RelativeTime) {
        self.views.iter_mut().for_each(|view| view.metrics.finalize_lcp(at));
    }
}

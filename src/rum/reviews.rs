//! Events that wait for what the page's `beforeSend` makes of them, views for what the page knows of
//! them besides, and others for the rest of their own part.
//!
//! The engine calls nobody, so it shows an event and goes on when the answer comes. The driver brings
//! the answers before anything else can happen in the page.

use alloc::string::String;
use alloc::vec::Vec;

use super::delivery::Part;
use super::{Output, Rum};
use crate::event::Kind;
use crate::id::Uuid;
use crate::json::read::merged;

/// What is being reviewed.
#[derive(Clone, Debug)]
struct Subject {
    ticket: u32,
    part: Part,
    /// What there is of an event of which the page brings the rest; otherwise empty.
    shared: String,
}

/// Reviews under way, and views that are reviewed and not delivered yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Reviews {
    last: u32,
    open: Vec<Subject>,
    pub(super) views: Vec<(Uuid, String)>,
    pub(super) is_delivering: bool,
}

impl Rum {
    pub(super) fn review(&mut self, part: Part, shared: String, event: String) {
        self.reviews.last += 1;
        let ticket = self.reviews.last;
        let token = if part.kind == Kind::View { part.at.as_millis() } else { part.token.into() };
        self.outputs.push(Output::Review { ticket, token, event });
        self.reviews.open.push(Subject { ticket, part, shared });
    }

    pub(super) fn on_reviewed(&mut self, ticket: u32, event: Option<&str>) {
        let open = &mut self.reviews.open;
        let Some(index) = open.iter().position(|known| known.ticket == ticket) else { return };
        let Subject { part, shared, .. } = open.swap_remove(index);
        let Some(event) = event else { return };
        let event = merged(&shared, event);
        if part.kind == Kind::View {
            self.reviews.views.push((part.view, event));
        } else if shared.is_empty() {
            self.accept(&part, event);
        } else {
            self.offer(part, event);
        }
    }

    /// The batch is to leave: at once, or when the views in it are reviewed.
    pub(super) fn flush(&mut self, is_exit: bool) {
        if !self.assembly.config().completes_views {
            self.deliver(is_exit);
        } else if !core::mem::replace(&mut self.reviews.is_delivering, true) {
            for id in self.batch.upserts().to_vec() {
                if let Some(view) = self.views.iter_mut().find(|view| view.id == id) {
                    let event = self.assembly.view_event(view, self.now);
                    let part = Part { view: id, ..Part::new(Kind::View, view.start) };
                    self.review(part, String::new(), event);
                }
            }
            self.outputs.push(Output::Deliver { is_exit });
        }
    }
}

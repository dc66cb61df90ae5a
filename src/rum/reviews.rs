//! Events that wait for what the page's `beforeSend` makes of them, or for the rest of their own part.
//!
//! The engine calls nobody, so it shows an event and goes on when the answer comes. The driver brings
//! the answers before anything else can happen in the page.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::delivery::Part;
use super::{Output, Rum};
use crate::id::Uuid;
use crate::json::read::merged;

/// What is being reviewed.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Event(Part),
    /// What there is of the event; the page brings the rest of its own part.
    Unfinished(Part, String),
    View(Uuid),
}

/// Reviews under way, and views that are reviewed and not delivered yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Reviews {
    last: u32,
    open: Vec<(u32, Subject)>,
    pub(super) views: Vec<(Uuid, String)>,
    pub(super) is_delivering: bool,
}

impl Rum {
    pub(super) fn review(&mut self, subject: Subject, token: u32, event: String) {
        self.reviews.last += 1;
        let ticket = self.reviews.last;
        self.reviews.open.push((ticket, subject));
        self.outputs.push(Output::Review { ticket, token, event });
    }

    pub(super) fn on_reviewed(&mut self, ticket: u32, event: Option<&str>) {
        let open = &mut self.reviews.open;
        let Some(index) = open.iter().position(|(known, _)| *known == ticket) else { return };
        let (_, subject) = open.swap_remove(index);
        let Some(event) = event else { return };
        match subject {
            Subject::Event(part) => self.accept(&part, event.to_owned()),
            Subject::Unfinished(part, shared) => self.offer(part, merged(&shared, event)),
            Subject::View(id) => self.reviews.views.push((id, event.to_owned())),
        }
    }

    /// The batch is to leave: at once, or when the views in it are reviewed.
    pub(super) fn flush(&mut self, is_exit: bool) {
        if !self.assembly.config().has_before_send {
            self.deliver(is_exit);
        } else if !core::mem::replace(&mut self.reviews.is_delivering, true) {
            for id in self.batch.upserts().to_vec() {
                let view = self.views.iter().find(|view| view.id == id);
                if let Some(event) = view.map(|view| self.assembly.view_event(view, self.now)) {
                    self.review(Subject::View(id), 0, event);
                }
            }
            self.outputs.push(Output::Deliver { is_exit });
        }
    }
}

//! What happened in a view.

use crate::event::Kind;
use crate::json::Writer;

/// How many events of each kind belong to a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the count of its kind")]
pub struct Counts {
    pub action: u64,
    pub error: u64,
    pub resource: u64,
    pub long_task: u64,
    pub frustration: u64,
}

impl Counts {
    /// One more event of this kind; views and vitals are not counted.
    pub fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Action => self.action += 1,
            Kind::Error => self.error += 1,
            Kind::LongTask => self.long_task += 1,
            Kind::Resource => self.resource += 1,
            Kind::Vital | Kind::View => {}
        }
    }

    pub(super) fn write(self, w: &mut Writer) {
        w.count("action", self.action);
        w.count("error", self.error);
        w.count("resource", self.resource);
        w.count("long_task", self.long_task);
        w.count("frustration", self.frustration);
    }
}

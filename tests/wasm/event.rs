//! The events that the engine sends, as far as these tests look into them.

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct ViewEvent {
    pub(crate) date: f64,
    pub(crate) application: Id,
    pub(crate) session: Id,
    pub(crate) view: View,
    pub(crate) service: String,
    pub(crate) privacy: Option<serde_json::Value>,
    pub(crate) usr: Option<User>,
    pub(crate) feature_flags: Option<serde_json::Value>,
    pub(crate) _dd: Internal,
}

#[derive(Deserialize)]
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) is_active: bool,
    pub(crate) action: Count,
    pub(crate) first_byte: Option<f64>,
    pub(crate) performance: Option<Performance>,
}

#[derive(Deserialize)]
pub(crate) struct Performance {
    pub(crate) fcp: Option<Paint>,
    pub(crate) lcp: Option<Paint>,
    pub(crate) cls: Option<Shift>,
    pub(crate) inp: Option<Interaction>,
    pub(crate) fid: Option<Interaction>,
}

#[derive(Deserialize)]
pub(crate) struct Paint {
    pub(crate) timestamp: f64,
    pub(crate) target_selector: Option<String>,
    pub(crate) resource_url: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Shift {
    pub(crate) score: f64,
    pub(crate) target_selector: Option<String>,
    pub(crate) previous_rect: Option<Rect>,
}

#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

#[derive(Deserialize)]
pub(crate) struct Interaction {
    pub(crate) duration: f64,
    pub(crate) target_selector: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Id {
    pub(crate) id: String,
}

#[derive(Deserialize)]
pub(crate) struct Count {
    pub(crate) count: u64,
}

#[derive(Deserialize)]
pub(crate) struct User {
    pub(crate) anonymous_id: String,
}

#[derive(Deserialize)]
pub(crate) struct Internal {
    pub(crate) document_version: u64,
}

/// What the engine answers.
#[derive(Deserialize)]
pub(crate) struct InternalContext {
    pub(crate) session_id: String,
    pub(crate) view: Id,
}

#[derive(Deserialize)]
pub(crate) struct ActionEvent {
    pub(crate) date: f64,
    pub(crate) action: Action,
    pub(crate) context: Option<serde_json::Value>,
}

impl ActionEvent {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.action.target.name == name
    }
}

#[derive(Deserialize)]
pub(crate) struct Action {
    pub(crate) target: Target,
}

#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
}

#[derive(Deserialize)]
pub(crate) struct ErrorEvent {
    pub(crate) error: Error,
    pub(crate) context: Option<serde_json::Value>,
}

#[derive(Deserialize)]
pub(crate) struct Error {
    pub(crate) message: String,
}

#[derive(Deserialize)]
pub(crate) struct ResourceEvent {
    pub(crate) resource: Resource,
}

#[derive(Deserialize)]
pub(crate) struct Resource {
    pub(crate) url: String,
    pub(crate) duration: Option<f64>,
    pub(crate) status_code: Option<f64>,
}

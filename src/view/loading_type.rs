//! How a view began.

/// Why a view started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadingType {
    /// The document was loaded.
    InitialLoad,
    /// The application changed its route, or the page called `startView`.
    RouteChange,
    /// The document came back from the back/forward cache.
    BfCache,
    /// The session before had expired.
    SessionRenewal,
}

impl LoadingType {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::InitialLoad => "initial_load",
            Self::RouteChange => "route_change",
            Self::BfCache => "bf_cache",
            Self::SessionRenewal => "session_renewal",
        }
    }
}

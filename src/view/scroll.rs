//! How far the page was scrolled.

use crate::json::Writer;
use crate::time::RelativeTime;

/// How far a view was scrolled, in CSS pixels (`@datadog/browser-rum-core` 7.16,
/// `viewMetrics/trackScrollMetrics`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    depth: f64,
    top: f64,
    height: f64,
    height_at: RelativeTime,
}

impl Scroll {
    /// After the page was scrolled or grew: `depth` is the lower edge of what is visible, `top` the
    /// upper one, `height` that of the document.
    pub fn after(
        before: Option<Self>,
        depth: f64,
        top: f64,
        height: f64,
        at: RelativeTime,
    ) -> Self {
        let mut scroll = before.unwrap_or(Self { depth: 0.0, top, height: 0.0, height_at: at });
        if depth > scroll.depth {
            scroll.depth = depth;
            scroll.top = top;
        }
        if height > scroll.height {
            scroll.height = height;
            scroll.height_at = at;
        }
        scroll
    }

    pub(super) fn write(&self, w: &mut Writer, start: RelativeTime) {
        let depth = if self.depth < self.height { self.depth } else { self.height };
        w.decimal("max_depth", depth);
        w.decimal("max_depth_scroll_top", self.top);
        w.decimal("max_scroll_height", self.height);
        w.span("max_scroll_height_time", self.height_at - start);
    }
}

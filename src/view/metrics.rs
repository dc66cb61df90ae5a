//! The vitals of one view, side by side: routes entries to their trackers and writes what came out.

use crate::entry::{Entry, LargestContentfulPaint, Navigation, Rect};
use crate::json::Writer;
use crate::metric::cls::Cls;
use crate::metric::fcp::Fcp;
use crate::metric::fid::Fid;
use crate::metric::inp::Inp;
use crate::metric::lcp::Lcp;
use crate::metric::ttfb::ttfb;
use crate::metric::visibility::Visibility;
use crate::time::RelativeTime;

/// Which performance entries a browser has. A metric whose entries it lacks is absent, never 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// `layout-shift`
    pub layout_shift: bool,
}

/// The trackers of a view.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// Where times count from.
    origin: RelativeTime,
    is_document: bool,
    /// Stays empty but for a document.
    load: Load,
    cls: Cls,
    inp: Inp,
    /// Whether something was painted while the page was visible. The reference reports CLS only
    /// then: on a page that nobody saw, nothing shifted for anybody.
    was_seen: bool,
}

/// What only a view that begins with its document can have.
#[derive(Clone, Debug, Default)]
struct Load {
    navigation: Option<Navigation>,
    fcp: Fcp,
    lcp: Lcp,
    fid: Fid,
}

impl Metrics {
    /// Of a view that starts at `origin`, with its document or later. `interaction_count` is the
    /// browser's before the view; zero if it has none.
    pub fn new(
        support: Support,
        origin: RelativeTime,
        is_document: bool,
        interaction_count: u64,
    ) -> Self {
        Self {
            origin,
            is_document,
            load: Load::default(),
            cls: Cls::new(support.layout_shift),
            inp: if is_document { Inp::new() } else { Inp::starting_late(interaction_count) },
            was_seen: !is_document,
        }
    }

    /// Takes an entry; whether it was one that a vital is made of.
    pub fn on_entry(&mut self, entry: &Entry<'_>, visibility: &Visibility) -> bool {
        let first_hidden = visibility.first_hidden();
        let load = &mut self.load;
        match entry {
            Entry::LayoutShift(shift) => self.cls.on_entry(shift),
            Entry::Event(event) => {
                self.inp.on_entry(event);
                if self.is_document {
                    load.fid.on_entry(event, first_hidden);
                }
            }
            Entry::FirstContentfulPaint(at) if !self.is_document => {
                load.on_restored_paint(*at, self.origin);
            }
            _ if !self.is_document => return false,
            Entry::Navigation(navigation) => load.navigation = Some(*navigation),
            Entry::FirstContentfulPaint(at) => {
                load.fcp.on_entry(*at, self.origin, first_hidden);
                self.was_seen = load.fcp.value().is_some();
            }
            Entry::LargestContentfulPaint(paint) => {
                load.lcp.on_entry(paint, self.origin, first_hidden);
            }
            _ => return false,
        }
        true
    }

    /// `performance.interactionCount`
    pub fn on_interaction_count(&mut self, count: u64) {
        self.inp.on_interaction_count(count);
    }

    /// Paints after this do not count as loading any more.
    pub fn finalize_lcp(&mut self, at: RelativeTime) {
        self.load.lcp.finalize(at);
    }

    /// Writes `_dd.cls`.
    pub fn write_internal(&self, w: &mut Writer) {
        w.nested("cls", |w| {
            let shift = self.cls().and_then(|_| self.cls.largest_shift());
            w.decimal(
                "device_pixel_ratio",
                shift.map_or(f64::NAN, |shift| shift.device_pixel_ratio),
            );
        });
    }

    /// Writes what is known of the view: twice, as dashboards of Datadog's still ask for the names from
    /// before `view.performance`.
    pub fn write(&self, w: &mut Writer) {
        let start = self.origin;
        self.load.write_timings(w);
        self.load.write_flat(w, start);
        self.write_flat(w, start);
        w.nested("performance", |w| {
            self.load.write_performance(w, start);
            self.write_performance(w, start);
        });
    }

    /// With four decimals (`@datadog/browser-rum-core` 7.16, `viewMetrics/trackCumulativeLayoutShift`).
    fn cls(&self) -> Option<f64> {
        let value = self.cls.value().filter(|_| self.was_seen)?;
        Some((value * 1e4 + 0.5) as u64 as f64 / 1e4)
    }

    fn write_flat(&self, w: &mut Writer, start: RelativeTime) {
        if let Some(score) = self.cls() {
            w.decimal("cumulative_layout_shift", score);
            if let Some(shift) = self.cls.largest_shift() {
                w.span("cumulative_layout_shift_time", shift.start_time - start);
                w.nonempty("cumulative_layout_shift_target_selector", &shift.target);
            }
        }
        if let Some(inp) = self.inp.value() {
            let at = inp.start_time.map(|at| at - start);
            w.span("interaction_to_next_paint", inp.latency);
            w.some_span("interaction_to_next_paint_time", at);
            w.nonempty("interaction_to_next_paint_target_selector", inp.target);
        }
    }

    fn write_performance(&self, w: &mut Writer, start: RelativeTime) {
        w.nested("cls", |w| {
            let Some(score) = self.cls() else { return };
            w.decimal("score", score);
            let Some(shift) = self.cls.largest_shift() else { return };
            w.span("timestamp", shift.start_time - start);
            w.nonempty("target_selector", &shift.target);
            if let Some(rects) = shift.rects {
                w.nested("previous_rect", |w| write_rect(w, rects.previous));
                w.nested("current_rect", |w| write_rect(w, rects.current));
            }
        });
        w.nested("inp", |w| {
            let Some(inp) = self.inp.value() else { return };
            w.span("duration", inp.latency);
            w.some_span("timestamp", inp.start_time.map(|at| at - start));
            w.nonempty("target_selector", inp.target);
            if let Some(parts) = inp.sub_parts {
                w.nested("sub_parts", |w| {
                    w.span("input_delay", parts.input_delay);
                    w.span("processing_duration", parts.processing_duration);
                    w.span("presentation_delay", parts.presentation_delay);
                });
            }
        });
    }
}

impl Load {
    /// The whole page is painted at once: its largest paint is its first one
    /// (`@datadog/browser-rum-core` 7.16, `viewMetrics/trackBfcacheMetrics`).
    fn on_restored_paint(&mut self, at: RelativeTime, origin: RelativeTime) {
        self.fcp.on_entry(at, origin, None);
        let paint = LargestContentfulPaint { start_time: at, ..LargestContentfulPaint::default() };
        self.lcp.on_entry(&paint, origin, None);
    }

    fn write_timings(&self, w: &mut Writer) {
        let Some(navigation) = &self.navigation else { return };
        w.some_span("first_byte", ttfb(navigation));
        let marks = [
            ("dom_interactive", navigation.dom_interactive),
            ("dom_content_loaded", navigation.dom_content_loaded_event_end),
            ("dom_complete", navigation.dom_complete),
            ("load_event", navigation.load_event_end),
        ];
        for (name, mark) in marks {
            w.some_span(name, mark.map(|at| at.saturating_since(navigation.activation_start)));
        }
    }

    fn write_flat(&self, w: &mut Writer, start: RelativeTime) {
        w.some_span("first_contentful_paint", self.fcp.value());
        if let Some(lcp) = self.lcp.value() {
            w.span("largest_contentful_paint", lcp.duration);
            w.nonempty("largest_contentful_paint_target_selector", &lcp.target);
        }
        if let Some(input) = self.fid.value() {
            w.span("first_input_delay", input.delay);
            w.span("first_input_time", input.start_time.saturating_since(start));
            w.nonempty("first_input_target_selector", &input.target);
        }
    }

    fn write_performance(&self, w: &mut Writer, start: RelativeTime) {
        w.nested("fcp", |w| w.some_span("timestamp", self.fcp.value()));
        w.nested("fid", |w| {
            let Some(input) = self.fid.value() else { return };
            w.span("duration", input.delay);
            w.span("timestamp", input.start_time.saturating_since(start));
            w.nonempty("target_selector", &input.target);
        });
        w.nested("lcp", |w| {
            let Some(lcp) = self.lcp.value() else { return };
            w.span("timestamp", lcp.duration);
            w.nonempty("target_selector", &lcp.target);
            w.nonempty("resource_url", &lcp.url);
            let first_byte = self.navigation.as_ref().and_then(|known| known.response_start);
            if let Some(first_byte) = first_byte {
                let parts = lcp.sub_parts(first_byte.max(start));
                w.nested("sub_parts", |w| {
                    w.span("load_delay", parts.load_delay);
                    w.span("load_time", parts.load_time);
                    w.span("render_delay", parts.render_delay);
                });
            }
        });
    }
}

fn write_rect(w: &mut Writer, rect: Rect) {
    w.decimal("x", rect.x);
    w.decimal("y", rect.y);
    w.decimal("width", rect.width);
    w.decimal("height", rect.height);
}

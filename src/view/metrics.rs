//! The vitals of one view, side by side: routes entries to their trackers and writes what came out.

use crate::entry::{Entry, Navigation};
use crate::event::{self, Nanos};
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
    /// Where paint times count from.
    origin: RelativeTime,
    load: Option<Load>,
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
    /// Of the view that begins with its document. `activation_start` as in the navigation entry.
    pub fn of_document(support: Support, activation_start: RelativeTime) -> Self {
        Self {
            origin: activation_start,
            load: Some(Load::default()),
            cls: Cls::new(support.layout_shift),
            inp: Inp::new(),
            was_seen: false,
        }
    }

    /// Of a later view. `interaction_count` is the browser's at that time; absent if it has none.
    pub fn of_route(support: Support, interaction_count: Option<u64>) -> Self {
        Self {
            origin: RelativeTime::ORIGIN,
            load: None,
            cls: Cls::new(support.layout_shift),
            inp: Inp::starting_late(interaction_count.unwrap_or(0)),
            was_seen: true,
        }
    }

    /// Takes an entry; whether it was one that a vital is made of.
    pub fn on_entry(&mut self, entry: &Entry, visibility: &Visibility) -> bool {
        let first_hidden = visibility.first_hidden();
        match (entry, &mut self.load) {
            (Entry::LayoutShift(shift), _) => self.cls.on_entry(shift),
            (Entry::Event(event), load) => {
                self.inp.on_entry(event);
                if let Some(load) = load {
                    load.fid.on_entry(event, first_hidden);
                }
            }
            (Entry::Navigation(navigation), Some(load)) => {
                load.navigation = Some(navigation.clone());
            }
            (Entry::FirstContentfulPaint(at), Some(load)) => {
                load.fcp.on_entry(*at, self.origin, first_hidden);
                self.was_seen = load.fcp.value().is_some();
            }
            (Entry::LargestContentfulPaint(paint), Some(load)) => {
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
        if let Some(load) = &mut self.load {
            load.lcp.finalize(at);
        }
    }

    /// Writes what is known into the event of a view that started at `start`.
    pub fn write_to<'a>(&'a self, view: &mut event::View<'a>, start: RelativeTime) {
        let since_start = |at: RelativeTime| at.saturating_since(start).as_nanos();
        if let Some(load) = &self.load {
            load.write_to(view);
        }
        let performance = event::Performance {
            cls: self.cls(since_start),
            fcp: self.load.as_ref().and_then(Load::fcp),
            fid: self.load.as_ref().and_then(Load::fid),
            inp: self.inp(since_start),
            lcp: self.load.as_ref().and_then(Load::lcp),
        };
        write_flat(view, &performance);
        view.performance = Some(performance);
    }

    fn cls(&self, since_start: impl Fn(RelativeTime) -> Nanos) -> Option<event::Cls<'_>> {
        let score = self.cls.value().filter(|_| self.was_seen)?;
        let largest = self.cls.largest_shift();
        let rects = largest.and_then(|shift| shift.rects);
        Some(event::Cls {
            score,
            timestamp: largest.map(|shift| since_start(shift.start_time)),
            target_selector: largest.and_then(|shift| present(&shift.target)),
            previous_rect: rects.map(|rects| rects.previous),
            current_rect: rects.map(|rects| rects.current),
        })
    }

    fn inp(&self, since_start: impl Fn(RelativeTime) -> Nanos) -> Option<event::Inp<'_>> {
        let interaction = self.inp.value()?;
        Some(event::Inp {
            duration: interaction.latency.as_nanos(),
            timestamp: interaction.start_time.map(since_start),
            target_selector: present(interaction.target),
            sub_parts: interaction.sub_parts.map(|parts| event::InpParts {
                input_delay: parts.input_delay.as_nanos(),
                processing_duration: parts.processing_duration.as_nanos(),
                presentation_delay: parts.presentation_delay.as_nanos(),
            }),
        })
    }
}

impl Load {
    fn write_to(&self, view: &mut event::View<'_>) {
        let Some(navigation) = &self.navigation else { return };
        let since_origin = |at: Option<RelativeTime>| {
            at.map(|at| at.saturating_since(RelativeTime::ORIGIN).as_nanos())
        };
        view.first_byte = ttfb(navigation).map(|ttfb| ttfb.as_nanos());
        view.dom_interactive = since_origin(navigation.dom_interactive);
        view.dom_content_loaded = since_origin(navigation.dom_content_loaded_event_end);
        view.dom_complete = since_origin(navigation.dom_complete);
        view.load_event = since_origin(navigation.load_event_end);
    }

    fn fcp(&self) -> Option<event::Fcp> {
        Some(event::Fcp { timestamp: self.fcp.value()?.as_nanos() })
    }

    fn fid(&self) -> Option<event::Fid<'_>> {
        let input = self.fid.value()?;
        let timestamp = input.start_time.saturating_since(RelativeTime::ORIGIN);
        Some(event::Fid {
            duration: input.delay.as_nanos(),
            timestamp: timestamp.as_nanos(),
            target_selector: present(&input.target),
        })
    }

    fn lcp(&self) -> Option<event::Lcp<'_>> {
        let candidate = self.lcp.value()?;
        Some(event::Lcp {
            timestamp: candidate.duration.as_nanos(),
            target_selector: present(&candidate.target),
            resource_url: present(&candidate.url),
        })
    }
}

/// The same values once more, under the names they had before `view.performance`; dashboards of
/// Datadog's still ask for these.
fn write_flat<'a>(view: &mut event::View<'a>, performance: &event::Performance<'a>) {
    if let Some(cls) = performance.cls {
        view.cumulative_layout_shift = Some(cls.score);
        view.cumulative_layout_shift_time = cls.timestamp;
        view.cumulative_layout_shift_target_selector = cls.target_selector;
    }
    if let Some(fid) = performance.fid {
        view.first_input_delay = Some(fid.duration);
        view.first_input_time = Some(fid.timestamp);
        view.first_input_target_selector = fid.target_selector;
    }
    if let Some(inp) = performance.inp {
        view.interaction_to_next_paint = Some(inp.duration);
        view.interaction_to_next_paint_time = inp.timestamp;
        view.interaction_to_next_paint_target_selector = inp.target_selector;
    }
    if let Some(lcp) = performance.lcp {
        view.largest_contentful_paint = Some(lcp.timestamp);
        view.largest_contentful_paint_target_selector = lcp.target_selector;
    }
    view.first_contentful_paint = performance.fcp.map(|fcp| fcp.timestamp);
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

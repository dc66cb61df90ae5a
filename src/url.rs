//! Whether a new address is another page of the application: the official SDK's rule
//! (`@datadog/browser-rum-core` 7.16, `view/trackViews`: `areDifferentLocation`).

use crate::text;

/// A URL split where the rule looks at it.
struct Address<'a> {
    /// Scheme, host and path.
    path: &'a str,
    /// Fragment up to its own query, as routers in the fragment write it.
    fragment_path: &'a str,
}

fn address(url: &str) -> Address<'_> {
    let (rest, fragment) = text::split_once(url, b'#').unwrap_or((url, ""));
    Address { path: text::before(rest, b'?'), fragment_path: text::before(fragment, b'?') }
}

/// Whether going from one address to the other starts a view: the path differs, or the path in
/// the fragment does and is not the id of an element. Another query is the same page.
pub fn is_other_page(from: &str, to: &str, is_anchor: bool) -> bool {
    let (from, to) = (address(from), address(to));
    from.path != to.path || (from.fragment_path != to.fragment_path && !is_anchor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_a_view_for_another_path_or_another_path_in_the_fragment() {
        for (from, to, expected) in [
            ("https://a/x", "https://a/y", true),
            ("https://a/x", "https://a/x?q=1", false),
            ("https://a/x?q=1", "https://a/x?q=2#", false),
            ("https://a/#/list", "https://a/#/item", true),
            ("https://a/#/list?page=1", "https://a/#/list?page=2", false),
            ("https://a/x", "https://a/x#/item", true),
        ] {
            assert_eq!(is_other_page(from, to, false), expected, "{from} -> {to}");
        }
    }

    #[test]
    fn stays_on_the_page_when_the_fragment_is_an_anchor() {
        assert!(!is_other_page("https://a/x", "https://a/x#footer", true));
        assert!(is_other_page("https://a/x", "https://a/y#footer", true));
    }
}

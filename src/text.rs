//! Cutting text at an ASCII character.
//!
//! The methods of `str` take any pattern, and bring searchers for all of them: a kilobyte and a
//! half of the shipped module.

/// What is before and after the first `separator`.
pub fn split_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().position(|byte| byte == separator)?)
}

/// What is before and after the last `separator`.
pub fn rsplit_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().rposition(|byte| byte == separator)?)
}

/// What is before the first `separator`; all of it when there is none.
pub fn before(text: &str, separator: u8) -> &str {
    split_once(text, separator).map_or(text, |(before, _)| before)
}

/// The pieces between the separators: one more than there are separators.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

/// See [`Pieces`].
pub const fn pieces(text: &str, separator: u8) -> Pieces<'_> {
    Pieces { rest: Some(text), separator }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let (piece, rest) = match split_once(text, self.separator) {
            Some((piece, rest)) => (piece, Some(rest)),
            None => (text, None),
        };
        self.rest = rest;
        Some(piece)
    }
}

/// What is before and after the byte at `at`.
pub(crate) fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_first_or_the_last_separator() {
        assert_eq!(split_once("é=b=c", b'='), Some(("é", "b=c")));
        assert_eq!(rsplit_once("é=b=c", b'='), Some(("é=b", "c")));
        assert_eq!((split_once("a", b'='), rsplit_once("", b'=')), (None, None));
        assert_eq!((before("a?b", b'?'), before("a", b'?')), ("a", "a"));
    }

    #[test]
    fn gives_empty_pieces_too() {
        assert_eq!(pieces("a;;b;", b';').collect::<Vec<_>>(), ["a", "", "b", ""]);
        assert_eq!(pieces("", b';').collect::<Vec<_>>(), [""]);
    }
}

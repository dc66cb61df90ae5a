/** The paths to values of the page in a remote configuration: `a.b`, `a['b'].c[0]`. */

/** A name after a dot (the first one without), a number in brackets, or a quoted text in brackets. */
const PART =
  /(?:^|(?!^)\.)([a-zA-Z_$][\w$]*)|\[(?:(\d+)|(['"])((?:\\(?:u[\da-fA-F]{4}|[bfnrt/\\]|\3)|(?!\3)[^\\])*)\3)\]/g;

/** The keys one after the other; none of a path that is not valid. */
export function pathKeys(path: string): string[] {
  const keys: string[] = [];
  const rest = path.replace(PART, (_, name, index, _quote, text) => {
    keys.push(name ?? index ?? text.replace(/\\(u.{4}|.)/g, unescaped));
    return '';
  });
  return rest ? [] : keys.filter((key) => key);
}

/** The escapes are JSON's, and `\'`. */
function unescaped(escaped: string): string {
  return escaped === "\\'" ? "'" : JSON.parse(`"${escaped}"`);
}

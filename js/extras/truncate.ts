/** The first `limit` characters, or one more where a pair of surrogates would be torn, and `suffix`. */
export function truncated(text: string, limit: number, suffix = ''): string {
  const end = /[\ud800-\udbff]/.test(text[limit - 1] ?? '') ? limit + 1 : limit;
  return text.length <= end ? text : text.slice(0, end) + suffix;
}

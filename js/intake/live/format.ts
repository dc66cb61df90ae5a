/** How numbers of the wire are written for people. Durations of the wire are nanoseconds. */

const NS_PER_MS = 1e6;

export function milliseconds(ns: number): number {
  return ns / NS_PER_MS;
}

/** `840 µs`, `12.3 ms`, `840 ms`, `1.24 s`, `2 min 5 s` */
export function duration(ns: number): string {
  if (ns < 0) return `−${duration(-ns)}`;
  const ms = ns / NS_PER_MS;
  if (ms === 0) return '0 ms';
  if (ms < 1) return `${Math.max(1, Math.round(ms * 1000))} µs`;
  if (ms < 9.95) return `${trim(ms, 1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${trim(ms / 1000, 2)} s`;
  return longDuration(Math.round(ms / 1000));
}

function longDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  const rest = seconds % 60;
  return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
}

function trim(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, '');
}

/** `0 B`, `812 B`, `14.2 kB`, `3.1 MB`: decimal, as in the network panels of browsers. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const kilo = count / 1000;
  if (kilo < 999.5) return `${kilo < 99.95 ? trim(kilo, 1) : Math.round(kilo)} kB`;
  return `${trim(kilo / 1000, 1)} MB`;
}

export function score(value: number): string {
  return value === 0 ? '0' : value.toFixed(value < 0.01 ? 4 : 3);
}

/** `10,482` */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `14:03:59` in local time. */
export function clock(epochMs: number): string {
  const date = new Date(epochMs);
  if (Number.isNaN(date.getTime())) return '–';
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(':');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The part of a URL that tells pages of one site apart. */
export function path(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === 'data:') return url.slice(0, 40);
    return parsed.pathname + parsed.search + parsed.hash;
  } catch {
    return url;
  }
}

/** The last part of a URL's path, as network panels name a resource. */
export function fileName(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === 'data:') return url.slice(0, 40);
    const last = parsed.pathname.split('/').filter(Boolean).at(-1);
    return (last ?? parsed.host) + parsed.search;
  } catch {
    return url;
  }
}

export function host(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}

export function shortId(id: string): string {
  return id.slice(0, 8);
}

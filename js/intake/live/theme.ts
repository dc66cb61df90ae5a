import { setAttribute } from './dom.ts';

export type Theme = 'light' | 'dark';

const KEY = 'ferrum-live-theme';

/** Storage may be forbidden: then the choice lasts as long as the page. */
function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {}
}

function preferred(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function startTheme(button: HTMLElement): void {
  const show = (theme: Theme) => {
    document.documentElement.dataset.theme = theme;
    setAttribute(button, 'aria-label', `Switch to ${other(theme)} theme`);
    setAttribute(button, 'title', `Switch to ${other(theme)} theme`);
  };
  show(stored() ?? preferred());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (!stored()) show(preferred());
  });
  button.addEventListener('click', () => {
    const next = other(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');
    store(next);
    show(next);
  });
}

function other(theme: Theme): Theme {
  return theme === 'dark' ? 'light' : 'dark';
}

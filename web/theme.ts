export type Theme = 'system' | 'light' | 'dark'

const KEY = 'partnered.theme'

/** The chosen theme. `system` when nothing was chosen or storage is closed to us. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

/** Applies a theme at once and keeps it on this device; /theme.js sets it again before the next first paint. */
export function setTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // Storage may be closed (private windows): the theme still holds for this page.
  }
}

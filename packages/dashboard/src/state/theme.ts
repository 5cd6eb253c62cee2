import { effect, signal } from '@preact/signals'

export type ThemeChoice = 'system' | 'light' | 'dark'

const key = 'autodump-theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = signal(system.matches)
system.addEventListener('change', ({ matches }) => {
  systemIsDark.value = matches
})

/** The user's choice; kept in the browser. */
export const themeChoice = signal<ThemeChoice>(stored())
/** The current look of the page. The script in `index.html` has done the same before the first paint. */
export const theme = signal<'light' | 'dark'>('light')

effect(() => {
  const choice = themeChoice.value
  theme.value = choice === 'system' ? (systemIsDark.value ? 'dark' : 'light') : choice
  document.documentElement.dataset.theme = theme.value
  document.documentElement.style.colorScheme = theme.value
  try {
    if (choice === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, choice)
  } catch {
    // Kept nowhere, then: a browser may forbid it.
  }
})

function stored(): ThemeChoice {
  try {
    const choice = localStorage.getItem(key)
    return choice === 'light' || choice === 'dark' ? choice : 'system'
  } catch {
    return 'system'
  }
}

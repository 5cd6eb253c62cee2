import { FleetPicker } from '../fleet/picker.tsx'
import { condition } from '../state/live.ts'
import { href, route } from '../state/route.ts'
import { forbidden, isStored, logout, session } from '../state/session.ts'
import { type ThemeChoice, themeChoice } from '../state/theme.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { seconds } from '../ui/format.ts'
import { Half, Leave, List, Moon, Pulse, Shutter, Stack, Sun } from '../ui/icons.tsx'
import { sentence } from '../ui/notes.tsx'
import { toast } from '../ui/toast.tsx'
import { sectionOf } from './sections.ts'

export function Header() {
  const { tone, text, lasts, detail } = condition.value
  return (
    <header class="top">
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        To the content
      </button>
      <a class="brand" href={href()} aria-label="autodump, home">
        <Pulse />
        <span>autodump</span>
      </a>
      <Sections />
      {isStored.value ? <Place /> : <FleetPicker />}
      <div class="top-state">
        <Badge tone={tone} title={detail}>
          <span role="status">{text}</span>
          {lasts !== undefined && <span class="top-lasts"> for {seconds(lasts)}</span>}
        </Badge>
      </div>
      <div class="top-end">
        <ThemeSwitch />
        {session.value?.canLogout && <Logout />}
      </div>
    </header>
  )
}

/** Instead of processes: where the dumps lie. */
function Place() {
  const place = session.value?.place
  return (
    <p class="top-place" title={place}>
      {place}
    </p>
  )
}

/** At the top of a wide screen, below the thumb on a narrow one. */
function Sections() {
  const current = sectionOf(route.value.path)
  const refused = forbidden('capture')
  return (
    <nav class="sections" aria-label="Views">
      <a href={href()} aria-current={current === 'home' ? 'page' : undefined}>
        <Pulse /> Home
      </a>
      <a href={href('faults')} aria-current={current === 'faults' ? 'page' : undefined}>
        <Stack /> Faults
      </a>
      <a href={href('dumps')} aria-current={current === 'dumps' ? 'page' : undefined}>
        <List /> Dumps
      </a>
      {isStored.value ? null : refused ? (
        <button type="button" aria-disabled="true" title={refused}>
          <Shutter /> Dump now
        </button>
      ) : (
        <a href={href('now')} aria-current={current === 'now' ? 'page' : undefined}>
          <Shutter /> Dump now
        </a>
      )}
    </nav>
  )
}

const themes: Record<ThemeChoice, { next: ThemeChoice; words: string; Icon: typeof Sun }> = {
  system: { next: 'light', words: 'as the system has it', Icon: Half },
  light: { next: 'dark', words: 'light', Icon: Sun },
  dark: { next: 'system', words: 'dark', Icon: Moon },
}

function ThemeSwitch() {
  const { next, words, Icon } = themes[themeChoice.value]
  const label = `Theme: ${words}. Change to ${themes[next].words}`
  return (
    <Button
      tone="ghost"
      label={label}
      title={label}
      onClick={() => {
        themeChoice.value = next
      }}
    >
      <Icon />
    </Button>
  )
}

function Logout() {
  return (
    <Button
      tone="ghost"
      label="Log out"
      title="Log out"
      onClick={() => logout().catch(error => toast(`Could not log out: ${sentence(error)}`))}
    >
      <Leave />
    </Button>
  )
}

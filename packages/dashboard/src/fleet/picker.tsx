import { useEffect, useId, useRef, useState } from 'preact/hooks'
import './fleet.css'
import type { Instance } from '../api/types.ts'
import { chooseInstance, instance, instances, refreshInstances } from '../state/instance.ts'
import { session } from '../state/session.ts'
import { Badge } from '../ui/badge.tsx'
import { formatValue } from '../ui/format.ts'
import { Down } from '../ui/icons.tsx'
import { Failure } from '../ui/notes.tsx'
import { Time } from '../ui/time.tsx'
import { conditionOf, processName, shownOf, whereOf } from './names.ts'

/** Milliseconds between two looks at the others while the list is open. */
const every = 3000

/** Which process the page shows, and the others that share its dump directory. */
export function FleetPicker() {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const error = useFreshList(isOpen)
  const shown = shownOf(instances.value, instance.value)

  function choose(one: Instance) {
    chooseInstance(one.self ? null : one.id)
    list.current?.hidePopover()
  }

  return (
    <div class="fleet">
      <button ref={button} type="button" class="fleet-button" popovertarget={id} aria-haspopup="true">
        <span class="fleet-name">
          {shown ? shown.labels.service || processName(shown) : (instance.value ?? 'process')}
        </span>
        <span class="fleet-where">{where(shown)}</span>
        <Down />
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        class="fleet-list"
        onToggle={event => setOpen(event.newState === 'open')}
        onBeforeToggle={() => button.current && list.current && putBelow(list.current, button.current)}
      >
        <h2 class="fleet-title">Processes with this dump directory</h2>
        {error !== null && <Failure error={error} />}
        <ul>
          {instances.value.map(one => (
            <li key={one.id}>
              <Row one={one} isShown={one === shown} onChoose={() => choose(one)} />
            </li>
          ))}
        </ul>
        {instances.value.length < 2 && (
          <p class="fleet-hint">Others of this host appear here when they use the same directory for their dumps.</p>
        )}
      </div>
    </div>
  )
}

function where(shown: Instance | undefined): string {
  if (!shown && instance.value) return 'not in the list'
  const { pid, host } = shown ?? session.value ?? {}
  return shown ? whereOf(shown) : `pid ${pid} · ${host}`
}

function Row({ one, isShown, onChoose }: { one: Instance; isShown: boolean; onChoose(): void }) {
  const { tone, text } = conditionOf(one)
  return (
    <button type="button" class="fleet-row" aria-current={isShown ? 'true' : undefined} onClick={onChoose}>
      <span class="fleet-name">
        {processName(one)} {one.self && <span class="muted small">(answers here)</span>}
      </span>
      <Badge tone={tone} title={one.error ?? undefined}>
        {text}
      </Badge>
      <span class="fleet-where">
        pid {one.pid} · CPU {formatValue(one.sample?.values.cpu, 'percent')} · started{' '}
        <Time at={one.startedAt} relative />
      </span>
    </button>
  )
}

/** Asks for the list when it is opened, and again while it is. Returns why it could not be had, or `null`. */
function useFreshList(isOpen: boolean): unknown {
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    if (!isOpen) return
    const refresh = () => refreshInstances().then(() => setError(null), setError)
    void refresh()
    const timer = setInterval(refresh, every)
    return () => clearInterval(timer)
  }, [isOpen])
  return error
}

function putBelow(list: HTMLElement, button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect()
  const room = document.documentElement.clientWidth
  const width = Math.min(24 * 16, room - 16)
  list.style.top = `${bottom + 6}px`
  list.style.left = `${Math.max(8, Math.min(left, room - width - 8))}px`
}

import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from './button.tsx'

interface Toast {
  id: number
  text: string
  action?: { label: string; run(): unknown }
}

const toasts = signal<Toast[]>([])
let lastId = 0

/** Says in passing that something is done, perhaps with a way back. It goes by itself after ten seconds. */
export function toast(text: string, { action }: { action?: Toast['action'] } = {}): void {
  const id = ++lastId
  toasts.value = [...toasts.peek(), { id, text, action }].slice(-3)
  setTimeout(() => dismiss(id), 10_000)
}

function dismiss(id: number): void {
  toasts.value = toasts.peek().filter(other => other.id !== id)
}

/** Where they appear: once in the page. As a popover that is shown anew they lie above a dialog, too. */
export function Toasts() {
  const place = useRef<HTMLDivElement>(null)
  const newest = toasts.value.at(-1)?.id
  useLayoutEffect(() => {
    const { current } = place
    if (current?.matches(':popover-open')) current.hidePopover()
    current?.showPopover()
  }, [newest])
  return (
    <div ref={place} popover="manual" class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, action }) => (
        <div class="toast" key={id}>
          <span>{text}</span>
          {action && (
            <Button
              tone="ghost"
              onClick={() => {
                dismiss(id)
                return action.run()
              }}
            >
              {action.label}
            </Button>
          )}
          <Button tone="ghost" label="Dismiss" onClick={() => dismiss(id)}>
            ✕
          </Button>
        </div>
      ))}
    </div>
  )
}

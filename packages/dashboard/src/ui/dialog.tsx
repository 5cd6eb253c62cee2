import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from './button.tsx'

interface Props {
  title: string
  /** Esc, the cross, or a click beside it. */
  onClose(): void
  children: ComponentChildren
  /** The buttons below. */
  footer?: ComponentChildren
}

/** The browser's own modal dialog: it keeps the focus within, and gives it back when it is gone. */
export function Dialog({ title, onClose, children, footer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const element = dialog.current as HTMLDialogElement
    element.showModal()
    // Not on its first button: the title is to be read, and nothing is chosen yet.
    element.focus()
    return () => element.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: beside it there is nothing to focus; the key for it is Esc.
    <dialog
      ref={dialog}
      tabIndex={-1}
      class="dialog"
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <div class="dialog-inner">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <Button tone="ghost" label="Close" onClick={onClose}>
            ✕
          </Button>
        </header>
        <div class="dialog-body">{children}</div>
        {footer && <footer class="dialog-foot">{footer}</footer>}
      </div>
    </dialog>
  )
}

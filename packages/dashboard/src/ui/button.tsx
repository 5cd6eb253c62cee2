import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

interface Props {
  /** @default 'plain' */
  tone?: 'plain' | 'primary' | 'danger' | 'ghost'
  /** Something it began is still going on. */
  busy?: boolean
  disabled?: boolean
  /** On hover; of a disabled button why it is, which is then read out too. */
  title?: string
  /** For a button that shows no words. */
  label?: string
  /** @default 'button' */
  type?: 'button' | 'submit'
  /** The button is busy while the returned promise is pending. */
  onClick?: (event: MouseEvent) => unknown
  children: ComponentChildren
}

/** A disabled one stays reachable by keyboard, so that its reason can be read. */
export function Button({
  tone = 'plain',
  busy = false,
  disabled,
  title,
  label,
  type = 'button',
  onClick,
  children,
}: Props) {
  const [pending, setPending] = useState(false)
  const isBusy = busy || pending
  async function click(event: MouseEvent) {
    if (disabled || isBusy) return event.preventDefault()
    const result = onClick?.(event)
    if (!(result instanceof Promise)) return
    setPending(true)
    await result.finally(() => setPending(false))
  }
  return (
    <button
      type={type}
      class={`button button-${tone}`}
      aria-disabled={disabled || isBusy}
      aria-busy={isBusy}
      aria-label={label}
      title={title}
      onClick={click}
    >
      {children}
    </button>
  )
}

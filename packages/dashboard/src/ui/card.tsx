import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface Props {
  title?: ComponentChildren
  /** Beside the title, at the end of the line. */
  actions?: ComponentChildren
  children: ComponentChildren
}

export function Card({ title, actions, children }: Props) {
  const id = useId()
  return (
    <section class="card" aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <header class="card-head">
          {title && <h2 id={id}>{title}</h2>}
          {actions && <div class="card-actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}

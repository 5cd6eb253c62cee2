import type { ComponentChildren } from 'preact'

export type Tone = 'ok' | 'warn' | 'alarm' | 'quiet' | 'info'

/** A word of state. The words say it, the colour only repeats it. */
export function Badge({ tone, title, children }: { tone: Tone; title?: string; children: ComponentChildren }) {
  return (
    <span class={`badge badge-${tone}`} title={title}>
      {children}
    </span>
  )
}

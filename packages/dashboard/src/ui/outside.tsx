import type { ComponentChildren } from 'preact'
import { splitAddresses } from './addresses.ts'

/** A link that leaves the dashboard; another page learns nothing of this one. Any other scheme than http stays text. */
export function Outside({ href, children }: { href: string; children: ComponentChildren }) {
  if (!/^https?:\/\//i.test(href)) return <>{children}</>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

/** Text in which the address of a trace is a link. */
export const Linked = ({ text }: { text: string }) => (
  <>{splitAddresses(text).map(({ text, isTrace }) => (isTrace ? <Outside href={text}>{text}</Outside> : text))}</>
)

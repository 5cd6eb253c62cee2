import { ObjectStoreError } from '../object-store.js'
import type { Answer } from './exchange.js'

/**
 * The signs that the answer comes from an object store: `etag` and no body, or a whole XML document with that root.
 * A proxy, a login page or a load balancer answers 200 to anything.
 */
export type Proof = 'etag' | { root: string }

/** Throws unless a success is the answer of an object store. */
export function checkGenuine(answer: Answer, proof: Proof | undefined, endpoint: string): void {
  const { status, headers, text, stream } = answer
  if (isWebPage(answer)) {
    stream?.destroy()
    throw impostor(`${webPage(endpoint)}${beginning(text)}`, status)
  }
  if (proof === undefined) return
  if (proof === 'etag') {
    if (headers.etag && text.trim() === '') return
    throw impostor(
      `${endpoint} answered a write without the ETag of an object store (a proxy?)${beginning(text)}`,
      status,
    )
  }
  if (text.includes(`</${proof.root}>`)) return
  throw impostor(
    new RegExp(`<${proof.root}[\\s>]`).test(text)
      ? `the store broke off its ${proof.root}`
      : `${endpoint} answered without ${proof.root}, so it is no object store (a proxy?)${beginning(text)}`,
    status,
  )
}

// A proxy that is mended works again by itself.
const impostor = (message: string, status: number) =>
  new ObjectStoreError(`${message} (${status})`, { kind: 'retry', code: 'NotAnObjectStore', status })

export const webPage = (endpoint: string) => `a web page, not an object store, answered at ${endpoint}`

/** Some stores call an empty answer `text/html`. A web page has no ETag, or it is in the text. */
export function isWebPage({ status, headers, text }: Answer): boolean {
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)[\s>]/i.test(text)) return true
  const isHtml = /^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '') && !headers.etag
  if (text !== '') return isHtml && !/<Error[\s>]/.test(text)
  // Of a request that reads a stream or nothing.
  return isHtml && (status === 200 || status === 206) && headers['content-length'] !== '0'
}

/** The first 80 characters of an answer, as text without elements. */
export function beginning(text: string): string {
  const start = text
    .slice(0, 8192)
    .replace(/<(script|style)[\s>][\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
  return start && `: ${start}`
}

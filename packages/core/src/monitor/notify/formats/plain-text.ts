import { cutBytes } from '../../../lib/text.js'
import { evidenceOf, headOf, type Message, sourceOf } from '../message.js'

/**
 * A message as lines of text, in at most this many bytes of UTF-8. The source is cut short, then the evidence. The link
 * is never cut, since half a link leads nowhere: one that leaves no room for words gives way to the directory.
 */
export function plainText(whole: Message, bytes: number, neutralise = (text: string) => text): string {
  const isLong = whole.link !== null && Buffer.byteLength(whole.link) > bytes / 3
  const message = isLong ? { ...whole, link: null } : whole
  const head = cutBytes(neutralise(headOf(message)), bytes / 4)
  const source = cutBytes(neutralise(sourceOf(message)), bytes / 3)
  const tail = message.link === null ? [source] : [source, message.link]
  const taken = Buffer.byteLength([head, '', ...tail].join('\n'))
  const evidence = cutBytes(neutralise(evidenceOf(message).join('\n')), Math.max(100, bytes - taken))
  return [head, evidence, ...tail].filter(Boolean).join('\n')
}

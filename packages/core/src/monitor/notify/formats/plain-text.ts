import { cutBytes } from '../../../lib/text.js'
import { factsOf, type Message, titleOf } from '../message.js'

/**
 * A message as lines of text, in at most this many bytes of UTF-8. Each fact is cut short, then the summary. The link
 * is never cut: half a link leads nowhere.
 */
export function plainText(message: Message, bytes: number, neutralise = (text: string) => text): string {
  const head = neutralise(titleOf(message))
  const facts = factsOf(message).map(([name, value]) => cutBytes(neutralise(`${name}: ${value}`), bytes / 10))
  const tail = message.link === null ? facts : [...facts, message.link]
  const taken = Buffer.byteLength([head, '', ...tail].join('\n'))
  return [head, cutBytes(neutralise(message.summary), Math.max(100, bytes - taken)), ...tail].join('\n')
}

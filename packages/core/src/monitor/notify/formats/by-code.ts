import { cut, oneLine } from '../../../lib/text.js'
import type { Outcome } from '../../outbox/delivery.js'

/** The answer of a service that returns 200 for everything and a number in the body, 0 for success. */
export function byCode(code: unknown, words: unknown, worthRetrying: number[]): Outcome {
  if (code === 0) return { is: 'delivered' }
  const said = typeof words === 'string' && words !== '' ? ` (${cut(oneLine(words), 100)})` : ''
  if (typeof code !== 'number')
    return { is: 'refused', why: 'the answer has no code, so the URL may be of something else' }
  return { is: worthRetrying.includes(code) ? 'delayed' : 'refused', why: `it answered code ${code}${said}` }
}

import { negatives } from './negatives.js'
import { positives } from './positives.js'

export { negatives, positives }

/** Of the positives those that are still to be read, of the negatives those that have changed. */
export function score({ redactError, redactCommandLine, pathOnly }) {
  const redact = {
    message: redactError,
    arguments: list => redactCommandLine(list).join(' '),
    path: pathOnly,
  }
  const missed = positives.flatMap(({ name, secret, text, as }) => {
    const shown = redact[as](text)
    return shown.includes(secret) ? [{ name, shown }] : []
  })
  const touched = negatives.flatMap(({ text, as }) => {
    const was = as === 'arguments' ? text.join(' ') : text
    const shown = redact[as](text)
    return shown === was ? [] : [{ was, shown }]
  })
  return { missed, touched }
}

import { newest } from '../dump-ids.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'
import { capturedNow, monitorOf, type TargetOptions } from '../target.js'

/** Gives up a dump that is being captured, by any process. */
export async function cancel(text: string, options: TargetOptions, output: Output): Promise<void> {
  const captured = await capturedNow(text, options)
  if (!captured && text === newest) throw new CliError('notFound', 'no dump is being captured')
  // The process knows ids that are over, and says so.
  const { id, target } = captured ?? { id: text, target: await monitorOf(options) }
  await target.ask(`/dumps/${encodeURIComponent(id)}/cancel`, { method: 'POST' })
  if (output.json) output.printJson({ cancelled: id })
  else output.note(`cancelled ${id}`)
}

import type { Output } from '../output.js'
import { capturerOf, monitorOf, type TargetOptions } from '../target.js'

/** Gives up a dump that is being captured, by whichever process that is. */
export async function cancel(id: string, options: TargetOptions, output: Output): Promise<void> {
  const target = (await capturerOf(id, options)) ?? (await monitorOf(options))
  await target.ask(`/dumps/${encodeURIComponent(id)}/cancel`, { method: 'POST' })
  if (output.json) output.printJson({ cancelled: id })
  else output.note(`cancelled ${id}`)
}

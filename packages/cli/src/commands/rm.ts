import { wholeId } from '../dump-ids.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'
import { dumpsOf, type TargetOptions } from '../target.js'

export async function rm(texts: string[], options: TargetOptions, output: Output): Promise<void> {
  const target = await dumpsOf(options, output)
  const removed: string[] = []
  const missing: string[] = []
  for (const text of texts) {
    try {
      const id = await wholeId(text, target)
      await target.ask(`/dumps/${encodeURIComponent(id)}`, { method: 'DELETE' })
      removed.push(id)
      if (!output.json) output.note(`removed ${id}`)
    } catch (error) {
      if (!(error instanceof CliError) || error.exit !== 'notFound') throw error
      missing.push(text)
    }
  }
  if (output.json) output.printJson({ removed, missing })
  if (missing.length > 0)
    throw new CliError('notFound', `there is no dump ${missing.join(', ')} in ${target.name}: autodump ls lists them`)
}

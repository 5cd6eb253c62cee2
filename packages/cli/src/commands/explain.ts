import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { analyseFile, reportOfFile } from '@autodump/core/analysis'
import { explainCopy } from '@autodump/core/control'
import { clean } from '../clean.js'
import { newest, wholeId } from '../dump-ids.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'
import { dumpsOf, type TargetOptions } from '../target.js'

/** `autodump explain`: a dump by its id, a copy of a dump, or a profile, in words. */
export async function explain(what: string, options: TargetOptions, output: Output): Promise<void> {
  const report = await reportOn(what, options, output)
  if (output.json) return output.printJson({ report })
  // Line by line: only the ends of lines may reach the terminal as they are.
  for (const line of report.replace(/\n$/, '').split('\n')) output.print(clean(line))
}

async function reportOn(what: string, options: TargetOptions, output: Output): Promise<string> {
  const stats = await stat(what).catch(() => null)
  if (stats?.isDirectory()) return explainCopy(what)
  if (stats && /^(?:manifest\.json|report\.md)$/.test(basename(what))) return explainCopy(dirname(what))
  if (stats) return reportOfFile(await analyseFile(what))
  const target = await dumpsOf(options, output)
  const id = await wholeId(what, target).catch(error => {
    if (error instanceof CliError && error.exit === 'notFound')
      throw new CliError(
        'notFound',
        what === newest
          ? error.message
          : `there is no file ${what}, and no such dump in ${target.name}: autodump ls lists them`,
      )
    throw error
  })
  return (await target.ask(`/dumps/${encodeURIComponent(id)}/report.md`)).text()
}

import type { DumpEntry, DumpPage } from '@autodump/core'
import { askJson } from '../answers.js'
import { cleanDeep } from '../clean.js'
import { doubtAt } from '../empty-place.js'
import { duration, size } from '../format.js'
import type { Output } from '../output.js'
import { entries, fit, isNarrow, table } from '../table.js'
import { dumpsOf, type TargetOptions } from '../target.js'

export interface LsOptions extends TargetOptions {
  limit?: number
  metric?: string
  rule?: string
}

/** A page of the API has no more. */
const pageSize = 1000

export async function ls(options: LsOptions, output: Output): Promise<void> {
  const { limit = 50, metric, rule } = options
  const target = await dumpsOf(options, output)
  const dumps: DumpEntry[] = []
  let next: string | undefined
  let total = 0
  do {
    const query = new URLSearchParams({ limit: String(Math.min(pageSize, limit - dumps.length)) })
    for (const [name, value] of Object.entries({ metric, rule, cursor: next }))
      if (value !== undefined) query.set(name, value)
    const page = await askJson<DumpPage>(target, `?${query}`)
    dumps.push(...page.dumps)
    next = page.next
    total = page.total
  } while (next !== undefined && dumps.length < limit)

  if (output.json) return output.printJson({ dumps, total, ...(next !== undefined && { next }) })
  if (dumps.length === 0) {
    const isNarrowed =
      metric !== undefined ||
      rule !== undefined ||
      options.dir !== undefined ||
      options.url !== undefined ||
      options.bucket !== undefined
    const of = [metric && ` of metric ${metric}`, rule && ` of rule ${rule}`].filter(Boolean).join('')
    return output.note(
      `no dumps${of} in ${target.name}${isNarrowed ? doubtAt(options) : '; --dir names another directory'}`,
    )
  }
  print(cleanDeep(dumps), output)
  if (next !== undefined) output.note(`there are more: --limit ${limit * 2}`)
}

function print(dumps: DumpEntry[], output: Output): void {
  const age = ({ createdAt }: DumpEntry) => duration(Math.max(0, Date.now() - Date.parse(createdAt)))
  if (isNarrow(output)) {
    const rows = dumps.map(dump => ({
      // A process of an older version says no headline.
      sentence: dump.headline ?? dump.summary,
      facts: [`${age(dump)} ago`, size(dump.bytes), dump.state === 'complete' ? '' : dump.state, dump.id],
    }))
    return output.print(entries(output, rows))
  }
  const rows = dumps.map(dump => {
    const { id, state, bytes, headline, summary } = dump
    return [id, age(dump), state, size(bytes), fit(output, headline ?? summary, id.length + 34)]
  })
  output.print(table(output, ['ID', 'AGE', 'STATE', 'SIZE', 'SUMMARY'], rows))
}

import type { Threshold, Thresholds } from '@autodump/core'
import { askJson, readJson } from '../answers.js'
import { clean, cleanDeep } from '../clean.js'
import { CliError } from '../errors.js'
import type { Output } from '../output.js'
import { table } from '../table.js'
import { monitorOf, type TargetOptions } from '../target.js'
import { changesOf, parseAssignments, show } from '../thresholds.js'

export async function getThresholds(metric: string | undefined, options: TargetOptions, output: Output): Promise<void> {
  const target = await monitorOf(options)
  const all = await askJson<Thresholds>(target, '/thresholds')
  if (metric !== undefined && !Object.hasOwn(all, metric))
    throw new CliError('notFound', `there is no metric ${metric}, only ${Object.keys(all).join(', ')}`)
  const wanted = metric === undefined ? all : { [metric]: all[metric] as Thresholds[string] }
  if (output.json) return output.printJson(wanted)
  const cleaned = Object.entries(cleanDeep(wanted))
  const columns = [...new Set(cleaned.flatMap(([, threshold]) => Object.keys(threshold)))] as (keyof Threshold)[]
  const rows = cleaned.map(([name, threshold]) => [
    name,
    ...columns.map(field => (threshold[field] === null ? '-' : show(name, field, threshold[field]))),
  ])
  output.print(table(output, ['METRIC', ...columns.map(field => field.toUpperCase())], rows))
}

export async function setThresholds(texts: string[], options: TargetOptions, output: Output): Promise<void> {
  const patch = parseAssignments(texts)
  const target = await monitorOf(options)
  const read = await target.ask('/thresholds')
  const before = await readJson<Thresholds>(read, target)
  const etag = read.headers.get('etag')
  // A named instance is tuned alone, otherwise all instances are.
  const query = options.pid === undefined ? '' : `?instance=${options.pid}`
  const changed = await target.ask(`/thresholds${query}`, {
    method: 'PATCH',
    // The shown difference is then the real change, also where others tune too.
    headers: { 'content-type': 'application/merge-patch+json', ...(etag !== null && { 'if-match': etag }) },
    body: JSON.stringify(patch),
  })
  const after = await readJson<Thresholds>(changed, target)
  if (output.json) return output.printJson(after)
  const changes = changesOf(before, after)
  if (changes.length === 0) output.note('nothing has changed')
  for (const { metric, field, before: old, after: now } of changes) {
    const say = (value: unknown) => clean(show(metric, field, value))
    output.print(
      `${clean(`${metric}.${field}`)}  ${output.paint('red', say(old))} -> ${output.paint('green', say(now))}`,
    )
  }
}

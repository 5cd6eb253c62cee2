import type { FaultGroup } from '@autodump/core'
import { askJson } from '../answers.js'
import { cleanDeep } from '../clean.js'
import { doubtAt } from '../empty-place.js'
import { duration } from '../format.js'
import type { Output } from '../output.js'
import { entries, fit, isNarrow, table } from '../table.js'
import { dumpsOf, type TargetOptions } from '../target.js'

/** The faults: the dumps of one fault as one row, the fault that was seen last first. */
export async function faults(options: TargetOptions, output: Output): Promise<void> {
  const target = await dumpsOf(options, output)
  const { faults } = await askJson<{ faults: FaultGroup[] }>(target, '/faults')
  if (output.json) return output.printJson({ faults })
  if (faults.length === 0) return output.note(`no faults in ${target.name}${doubtAt(options)}`)
  print(cleanDeep(faults), output)
}

function print(faults: FaultGroup[], output: Output): void {
  const ago = (at: string) => duration(Math.max(0, Date.now() - Date.parse(at)))
  const whereOf = ({ services, versions }: FaultGroup) =>
    [services.join(', '), services.length > 1 ? '' : span(versions)].filter(Boolean).join(' ')
  // The newest headline says what happened; the title of the fault is the culprit alone.
  if (isNarrow(output)) {
    const rows = faults.map(fault => {
      const { fingerprint, headline, count, instances, firstAt, lastAt } = fault
      const dumps = count === 1 ? '1 dump' : `${count} dumps`
      const when = count === 1 ? `${ago(lastAt)} ago` : `last ${ago(lastAt)} ago, first ${ago(firstAt)} ago`
      const on = instances === 1 ? '' : `on ${instances} instances`
      return { sentence: headline, facts: [dumps, when, on, whereOf(fault), fingerprint] }
    })
    return output.print(entries(output, rows))
  }
  const hasWhere = faults.some(fault => whereOf(fault) !== '')
  const rows = faults.map(fault => {
    const { fingerprint, headline, count, instances, firstAt, lastAt } = fault
    const where = hasWhere ? [whereOf(fault)] : []
    const cells = [fingerprint, String(count), String(instances), ago(lastAt), ago(firstAt), ...where]
    return [...cells, fit(output, headline, where.join('').length + 60)]
  })
  const head = ['FAULT', 'DUMPS', 'INSTANCES', 'LAST', 'FIRST', ...(hasWhere ? ['WHERE'] : []), 'WHAT']
  output.print(table(output, head, rows))
}

/** `1.8.2` or `1.8.2 to 1.9.0`. */
function span(versions: string[]): string {
  const [first = '', last = first] = [versions[0], versions.at(-1)]
  return first === last ? first : `${first} to ${last}`
}

import type { FaultGroup } from '@autodump/core'
import { askJson } from '../answers.js'
import { cleanDeep } from '../clean.js'
import { duration } from '../format.js'
import type { Output } from '../output.js'
import { fit, table } from '../table.js'
import { dumpsOf, type TargetOptions } from '../target.js'

/** The faults: the dumps of one fault as one row, the fault that was seen last first. */
export async function faults(options: TargetOptions, output: Output): Promise<void> {
  const target = await dumpsOf(options, output)
  const { faults } = await askJson<{ faults: FaultGroup[] }>(target, '/faults')
  if (output.json) return output.printJson({ faults })
  if (faults.length === 0) return output.note(`no faults in ${target.name}`)
  const ago = (at: string) => duration(Math.max(0, Date.now() - Date.parse(at)))
  const rows = cleanDeep(faults).map(
    ({ fingerprint, title, count, instances, services, versions, firstAt, lastAt }) => {
      const where = [services.join(', '), span(versions)].filter(Boolean).join(' ')
      const cells = [fingerprint, String(count), String(instances), ago(lastAt), ago(firstAt), where]
      return [...cells, fit(output, title, where.length + 60)]
    },
  )
  output.print(table(output, ['FAULT', 'DUMPS', 'INSTANCES', 'LAST', 'FIRST', 'WHERE', 'WHAT'], rows))
}

/** `1.8.2` or `1.8.2 to 1.9.0`. */
function span(versions: string[]): string {
  const [first = '', last = first] = [versions[0], versions.at(-1)]
  return first === last ? first : `${first} to ${last}`
}

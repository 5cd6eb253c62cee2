import type { RunRecord } from '@autodump/core'
import { askJson } from '../answers.js'
import { cleanDeep } from '../clean.js'
import { doubtAt } from '../empty-place.js'
import { duration } from '../format.js'
import type { Output } from '../output.js'
import { fit, table } from '../table.js'
import { dumpsOf, type TargetOptions } from '../target.js'

/** How the last runs ended, also those that have left no dump because nothing was wrong. */
export async function runs(options: TargetOptions, output: Output): Promise<void> {
  const target = await dumpsOf(options, output)
  const { runs } = await askJson<{ runs: RunRecord[] }>(target, '/runs')
  if (output.json) return output.printJson({ runs })
  if (runs.length === 0) return output.note(`no runs on record in ${target.name}${doubtAt(options)}`)
  const rows = cleanDeep(runs).map(({ program, pid, startedAt, endedAt, ending, dump, text }) => {
    const [start, end] = [Date.parse(startedAt), Date.parse(endedAt)]
    const cells = [duration(Math.max(0, Date.now() - end)), duration(Math.max(0, end - start))]
    const name = `${program || '-'} ${pid}`
    const how = dump === null ? ending : output.paint('yellow', ending)
    const said = dump === null ? text : `${dump}: ${text}`
    return [...cells, name, how, fit(output, said, name.length + ending.length + 24)]
  })
  output.print(table(output, ['ENDED', 'LASTED', 'PROGRAM', 'ENDING', 'SUMMARY'], rows))
}

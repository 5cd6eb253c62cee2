import type { Status } from '@autodump/core'
import { cleanDeep } from '../clean.js'
import { duration, figure, size } from '../format.js'
import type { Output } from '../output.js'
import { fit, table } from '../table.js'
import { askJson, monitorOf, type TargetOptions } from '../target.js'

export async function status(options: TargetOptions, output: Output): Promise<void> {
  const target = await monitorOf(options)
  const read = await askJson<Status>(target, '/status')
  if (output.json) output.printJson(read)
  else output.print(statusText(cleanDeep(read), output))
}

/** What a status says, in lines. Its text must have been through `clean`. */
export function statusText(status: Status, output: Output): string {
  const { paint } = output
  const { state, pid, version, thread, blockedFor, capture, dumps, quota, errors } = status
  const blocked = blockedFor > 0 ? paint('red', `, blocked for ${duration(blockedFor)}`) : ''
  const lines = [
    `${paint('bold', `process ${pid}`)}  autodump ${version}, ${state}${blocked}`,
    ...(thread.degraded ? [paint('yellow', `degraded: ${thread.degraded}`)] : []),
    `dumps: ${dumps.count} of ${size(dumps.bytes)} in ${status.dir}; profiler: ${status.cpuProfiler ?? 'none'}, recorder: ${status.recorder.engine ?? `off, ${status.recorder.reason}`}`,
    ...(quota.retryAfter > 0
      ? [paint('yellow', `no dump for ${duration(quota.retryAfter)}: the quota is used up`)]
      : []),
    ...(capture ? [paint('yellow', `capturing ${capture.id}: ${capture.trigger.reason}`)] : []),
    ...(dumps.last ? [`last: ${dumps.last.id}: ${dumps.last.summary}`] : []),
    '',
    metricsTable(status, output),
  ]
  if (errors.length > 0) {
    lines.push('', paint('bold', 'Failures of autodump itself'))
    for (const { at, what, message, count } of errors.slice(-5))
      lines.push(`${at} ${what}: ${message} (${count} times)`)
  }
  return lines.join('\n')
}

function metricsTable({ metrics }: Status, output: Output): string {
  const rows = Object.entries(metrics).map(([metric, { value, mean, unit, rules }]) => {
    // Of several rules, the one that is nearest to a dump says the most.
    const [first] = Object.values(rules).sort((a, b) => urgency(b.state) - urgency(a.state))
    const reason = first ? fit(output, first.reason, 46) : ''
    const told = first && urgency(first.state) > 1 ? output.paint('yellow', reason) : reason
    return [metric, figure(value, unit), figure(mean, unit), told]
  })
  return table(output, ['METRIC', 'VALUE', 'MEAN', 'RULE'], rows)
}

const order = ['off', 'no-reading', 'warming-up', 'quiet', 'capturing', 'spent', 'cooling-down', 'holding', 'firing']
const quiet = order.indexOf('quiet')
const urgency = (state: string) => order.indexOf(state) - quiet + 1

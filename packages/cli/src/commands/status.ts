import type { CapturingDump, Status } from '@autodump/core'
import { askJson } from '../answers.js'
import { cleanDeep } from '../clean.js'
import { duration, figure, size, time } from '../format.js'
import type { Output } from '../output.js'
import { fit, table } from '../table.js'
import { monitorOf, type TargetOptions } from '../target.js'

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
  const labels = Object.entries(status.labels ?? {}).map(([name, value]) => `${name}=${value}`)
  const lines = [
    `${paint('bold', `process ${pid}`)}  autodump ${version}, ${state}${blocked}`,
    ...(labels.length > 0 ? [`labels: ${labels.join(', ')}`] : []),
    ...(status.asOf && capture ? [paint('yellow', standsStill(capture, status.asOf))] : []),
    ...(thread.degraded ? [paint('yellow', `degraded: ${thread.degraded}`)] : []),
    `dumps: ${dumps.count} of ${size(dumps.bytes)} in ${status.dir}; profiler: ${status.cpuProfiler ?? 'none'}, recorder: ${status.recorder.engine ?? `off, ${status.recorder.reason}`}`,
    ...(quota.retryAfter > 0
      ? [paint('yellow', `no dump for ${duration(quota.retryAfter)}: the quota is used up`)]
      : []),
    ...(capture
      ? [paint('yellow', `capturing ${capture.id}: ${capture.trigger.reason}`), ...progressLines(capture)]
      : []),
    ...(dumps.last ? [`last: ${dumps.last.headline ?? dumps.last.summary} (${dumps.last.id})`] : []),
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

/** Why what follows is not of this moment. */
function standsStill({ taking = [], createdAt }: CapturingDump, asOf: string): string {
  const [first] = taking
  const kinds = taking.map(({ kind }) => kind).join(', ')
  const what = first
    ? `is taking ${kinds} since ${time(Date.parse(first.since))}`
    : `is busy with a dump since ${time(Date.parse(createdAt))}`
  return `it ${what}; its monitor thread stands still and answers again after that: this is as of ${time(Date.parse(asOf))}`
}

/** What of a dump is being taken, since when and for how long yet, and what it waits for, a line each. */
export function progressLines(
  { taking = [], pending, done, kinds, endsAt }: CapturingDump,
  now = Date.now(),
): string[] {
  const over = done.filter(({ kind }) => !taking.some(one => one.kind === kind))
  const later = kinds.filter(kind => ![...taking, ...over].some(one => one.kind === kind))
  const left = Date.parse(endsAt) - now
  return [
    ...taking.map(
      ({ kind, since, expectedMs }) =>
        `  ${kind}: for ${duration(Math.max(0, now - Date.parse(since)))}, should take about ${duration(expectedMs)}`,
    ),
    ...(pending.length > 0 ? [`  waits for ${pending.join(', ')}`] : []),
    ...(later.length > 0 ? [`  then ${later.join(', ')}`] : []),
    left > 0 ? `  over in about ${duration(left)}` : `  should have been over ${duration(-left)} ago`,
  ]
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

const order = [
  'off',
  'no-reading',
  'warming-up',
  'quiet',
  'starting',
  'capturing',
  'spent',
  'cooling-down',
  'holding',
  'firing',
]
const quiet = order.indexOf('quiet')
const urgency = (state: string) => order.indexOf(state) - quiet + 1

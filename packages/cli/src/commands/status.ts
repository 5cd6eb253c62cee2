import type { CapturingDump, Status } from '@autodump/core'
import { askJson } from '../answers.js'
import { cleanDeep } from '../clean.js'
import { duration, figure, size, time } from '../format.js'
import type { Output } from '../output.js'
import { fit, table, wrap } from '../table.js'
import { monitorOf, type TargetOptions } from '../target.js'

export async function status(options: TargetOptions, output: Output): Promise<void> {
  const target = await monitorOf(options)
  const read = await askJson<Status>(target, '/status')
  if (output.json) output.printJson(read)
  else output.print(statusText(cleanDeep(read), output))
}

/**
 * The words of a status, in lines. Its text must have been through `clean`.
 *
 * @param rows of the screen: where the reasons of all rules do not fit, only those that are no news are cut
 */
export function statusText(status: Status, output: Output, rows = Number.POSITIVE_INFINITY): string {
  const whole = textOf(status, output, wrap)
  return whole.split('\n').length > rows ? textOf(status, output, fit) : whole
}

function textOf(status: Status, output: Output, sayQuiet: typeof fit): string {
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
    metricsTable(status, output, sayQuiet),
  ]
  if (errors.length > 0) {
    lines.push('', paint('bold', 'Failures of autodump itself'))
    for (const { at, what, message, count } of errors.slice(-5))
      lines.push(`${at} ${what}: ${message} (${count} times)`)
  }
  return lines.join('\n')
}

/** The reason why the rest is not of this moment. */
function standsStill({ taking = [], createdAt }: CapturingDump, asOf: string): string {
  const [first] = taking
  const kinds = taking.map(({ kind }) => kind).join(', ')
  const what = first
    ? `is taking ${kinds} since ${time(Date.parse(first.since))}`
    : `is busy with a dump since ${time(Date.parse(createdAt))}`
  return `it ${what}; its monitor thread stands still and answers again after that: this is as of ${time(Date.parse(asOf))}`
}

/** The running captures of a dump, since when and for how long yet, and their waits, a line each. */
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

function metricsTable({ metrics }: Status, output: Output, sayQuiet: typeof fit): string {
  const found = Object.entries(metrics).map(([metric, { value, mean, unit, rules }]) => {
    // Of several rules, the one that is nearest to a dump says the most.
    const [first] = Object.values(rules).sort((a, b) => urgency(b.state) - urgency(a.state))
    return { cells: [metric, figure(value, unit), figure(mean, unit)], first }
  })
  const head = ['METRIC', 'VALUE', 'MEAN', 'RULE']
  const widths = head
    .slice(0, 3)
    .map((name, at) => Math.max(name.length, ...found.map(({ cells }) => cells[at]?.length ?? 0)))
  const taken = widths.reduce((sum, width) => sum + width + 2, 0)
  const rows = found.map(({ cells, first }) => {
    if (!first) return [...cells, '']
    const isNews = urgency(first.state) > 1
    const said = (isNews ? wrap : sayQuiet)(output, first.reason, taken)
    return [
      ...cells,
      isNews
        ? said
            .split('\n')
            .map(line => output.paint('yellow', line))
            .join('\n')
        : said,
    ]
  })
  return table(output, head, rows)
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

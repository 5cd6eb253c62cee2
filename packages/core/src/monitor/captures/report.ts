import { redactCommandLine, redactError } from '../../lib/redact.js'
import { fromJson } from '../../link/json.js'
import { type DiagnosticReport, dropEnvironment } from '../../model/diagnostic-report.js'
import type { Capture } from './capture.js'
import { awaitReply } from './pending.js'
import { silentWorkers } from './worker-probe.js'

/** A worker thread that runs JavaScript answers within 50 ms as a rule; this is how long the others may take, in milliseconds. */
const workerPatience = 1000

/** Node's diagnostic report: stack, heap spaces, open handles with their peers, limits, shared libraries. */
export const reportCapture: Capture = {
  kind: 'report',
  pause: { fixed: 15, perMiB: 0 },
  async take(context) {
    const link = await context.link()
    const silent = await awaitReply(context, 'worker threads', silentWorkers(link, workerPatience))
    if (silent > 0)
      throw new Error(
        `left out because ${silent === 1 ? 'a worker thread does' : `${silent} worker threads do`} not answer: Node would let the app wait for it`,
      )
    const { json, pauseMs } = await awaitReply(context, 'report', link.call('report'))
    const value = withoutSecrets(fromJson(json))
    return [{ file: 'report.json', phase: 'during', content: JSON.stringify(value, null, 2), value, pauseMs }]
  },
}

/** A report that Node has written itself, as we would have written it. */
export function redactReport(report: DiagnosticReport): DiagnosticReport {
  dropEnvironment(report)
  return withoutSecrets(report)
}

/** URLs of scripts have queries, and messages of errors may have anything. The other properties of the error are left out. */
function redactStack({ message, stack }: NonNullable<DiagnosticReport['javascriptStack']>) {
  return {
    ...(typeof message === 'string' && { message: redactError(message) }),
    ...(Array.isArray(stack) && { stack: redactError(stack.join('\n')).split('\n') }),
  }
}

/** Programs put anything into their title, their command line for one. */
function withoutTitle(frame: NonNullable<DiagnosticReport['nativeStack']>[number]) {
  return { ...frame, ...(typeof frame?.symbol === 'string' && { symbol: redactError(frame.symbol) }) }
}

function withoutSecrets(report: DiagnosticReport): DiagnosticReport {
  const { header, nativeStack } = report
  const { commandLine, event } = header
  return {
    ...report,
    header: {
      ...header,
      // The event of a worker thread's has the name of the thread.
      ...(typeof event === 'string' && { event: redactError(event) }),
      ...(commandLine && { commandLine: redactCommandLine(commandLine) }),
    },
    ...(Array.isArray(nativeStack) && { nativeStack: nativeStack.map(withoutTitle) }),
    ...(report.javascriptStack && { javascriptStack: redactStack(report.javascriptStack) }),
    ...(report.workers && { workers: report.workers.map(withoutSecrets) }),
  }
}

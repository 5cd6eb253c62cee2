import { performance } from 'node:perf_hooks'
import type { Hooks } from '../thread/hooks.js'
import type { Capture } from './capture.js'
import { awaitReply } from './pending.js'
import { redactCommandLine, redactError } from './redact.js'
import { silentWorkers } from './worker-probe.js'

/** The parts of Node's diagnostic report that are read here. */
export interface DiagnosticReport {
  header: { commandLine?: string[]; event?: string; [field: string]: unknown }
  javascriptHeap?: { usedMemory?: number; memoryLimit?: number; externalMemory?: number }
  resourceUsage?: { rss?: number | string }
  libuv?: UvHandle[]
  /** One for each worker thread. */
  workers?: DiagnosticReport[]
  environmentVariables?: unknown
  /** What the thread is doing, or the error that was not caught. */
  javascriptStack?: { message?: string; stack?: string[]; errorProperties?: unknown }
  /** Functions of native code; on Linux each has the title of the process behind it. */
  nativeStack?: { symbol?: string; [field: string]: unknown }[]
}

export interface UvHandle {
  type: string
  is_active?: boolean
  remoteEndpoint?: { host?: string; port?: number } | null
  localEndpoint?: { host?: string; port?: number } | null
}

interface ReportReply {
  json: string
  pauseMs: number
}

/** A worker thread that runs JavaScript answers within 50 ms as a rule; this is how long the others may take, in milliseconds. */
const workerPatience = 1000

/** Runs on the app thread: only there does the report show the app's stack, heap and sockets. */
export const reportHooks: Hooks = {
  report: (): ReportReply => {
    const began = performance.now()
    const settings = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean }
    const { excludeNetwork } = settings
    // Else it looks up the name of every peer, which can take minutes.
    settings.excludeNetwork = true
    try {
      const report = settings.getReport() as unknown as DiagnosticReport
      dropEnvironment(report)
      return { json: JSON.stringify(report), pauseMs: performance.now() - began }
    } finally {
      settings.excludeNetwork = excludeNetwork
    }
  },
}

/** Node's diagnostic report: stack, heap spaces, open handles with their peers, limits, shared libraries. */
export const reportCapture: Capture = {
  kind: 'report',
  async take(context) {
    const link = await context.link()
    const silent = await awaitReply(context, 'worker threads', silentWorkers(link, workerPatience))
    if (silent > 0)
      throw new Error(
        `left out because ${silent === 1 ? 'a worker thread does' : `${silent} worker threads do`} not answer: Node would let the app wait for it`,
      )
    const { json, pauseMs } = await awaitReply(context, 'report', link.call<ReportReply>('report'))
    const value = withoutSecrets(JSON.parse(json) as DiagnosticReport)
    return [{ file: 'report.json', phase: 'during', content: JSON.stringify(value, null, 2), value, pauseMs }]
  },
}

/** The workers' reports have the environment once more. */
function dropEnvironment(report: DiagnosticReport): void {
  delete report.environmentVariables
  report.workers?.forEach(dropEnvironment)
}

/** A report that Node has written itself, as we would have written it. */
export function redactReport(report: DiagnosticReport): DiagnosticReport {
  dropEnvironment(report)
  return withoutSecrets(report)
}

/** URLs of scripts have queries, and messages of errors anything; what else the error has is nobody's business. */
function redactStack({ message, stack }: NonNullable<DiagnosticReport['javascriptStack']>) {
  return {
    ...(typeof message === 'string' && { message: redactError(message) }),
    ...(Array.isArray(stack) && { stack: redactError(stack.join('\n')).split('\n') }),
  }
}

/** Programs put into their title what they like, their command line for one. */
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

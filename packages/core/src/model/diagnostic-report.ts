/** The parts of Node's diagnostic report that are read here. */
export interface DiagnosticReport {
  header: { commandLine?: string[]; event?: string; [field: string]: unknown }
  javascriptHeap?: { usedMemory?: number; memoryLimit?: number; externalMemory?: number }
  resourceUsage?: { rss?: number | string }
  libuv?: UvHandle[]
  /** One for each worker thread. */
  workers?: DiagnosticReport[]
  environmentVariables?: unknown
  /** The work of the thread, or the error that was not caught. */
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

/** The workers' reports have the environment once more. */
export function dropEnvironment(report: DiagnosticReport): void {
  delete report.environmentVariables
  report.workers?.forEach(dropEnvironment)
}

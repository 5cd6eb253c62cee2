import { formatBytes, formatDuration } from '../ui/format.ts'

/** The fields that are read of a diagnostic report of Node.js; any of it may be absent. */
export interface Report {
  header?: {
    event?: string
    trigger?: string
    dumpEventTime?: string
    nodejsVersion?: string
    arch?: string
    osName?: string
    osRelease?: string
    host?: string
    cwd?: string
    commandLine?: string[]
    processId?: number
    cpus?: { model: string }[]
  }
  javascriptStack?: { message?: string; stack?: string[] }
  javascriptHeap?: { totalMemory?: number; usedMemory?: number; memoryLimit?: number }
  resourceUsage?: { rss?: number | string; maxRss?: number; userCpuSeconds?: number; kernelCpuSeconds?: number }
  libuv?: { type: string; is_active?: boolean }[]
  workers?: unknown[]
}

export interface Fact {
  name: string
  value: string
}

/** The first things to look for, in words. */
export function reportFacts({ header = {}, javascriptHeap = {}, resourceUsage = {}, libuv, workers }: Report): Fact[] {
  const { event, trigger, nodejsVersion, arch, osName, osRelease, host, processId, cwd, commandLine, cpus } = header
  const { usedMemory, memoryLimit } = javascriptHeap
  const { rss, userCpuSeconds, kernelCpuSeconds } = resourceUsage
  const cpuSeconds = userCpuSeconds === undefined ? undefined : userCpuSeconds + (kernelCpuSeconds ?? 0)
  const facts: [name: string, value: string | undefined | false][] = [
    ['Event', [event, trigger].filter(Boolean).join(' · ')],
    ['Process', host && `${processId} on ${host}`],
    ['Node.js', [nodejsVersion, arch].filter(Boolean).join(' ')],
    ['System', [osName, osRelease].filter(Boolean).join(' ')],
    ['CPUs', cpus && `${cpus.length} × ${cpus[0]?.model ?? ''}`],
    ['Command', commandLine?.join(' ')],
    ['Directory', cwd],
    [
      'JavaScript heap',
      usedMemory !== undefined && `${formatBytes(usedMemory)} of at most ${formatBytes(memoryLimit ?? 0)}`,
    ],
    ['Memory (RSS)', rss !== undefined && formatBytes(Number(rss))],
    ['CPU time', cpuSeconds !== undefined && formatDuration(1000 * cpuSeconds)],
    ['Handles', libuv && handlesInWords(libuv)],
    ['Worker threads', workers && workers.length > 0 && String(workers.length)],
  ]
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

/** The most frequent first: `80 tcp, 12 timer`. */
function handlesInWords(libuv: NonNullable<Report['libuv']>): string {
  const counts = new Map<string, number>()
  for (const { type } of libuv) if (type !== 'loop') counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([type, count]) => `${count} ${type}`)
    .join(', ')
}

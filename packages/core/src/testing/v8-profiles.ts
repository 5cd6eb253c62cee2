import { Session } from 'node:inspector/promises'
import type { CpuProfile } from '../model/cpu-profile.js'
import type { HeapProfile } from '../model/heap-profile.js'

/** A call frame as V8 writes it; `line` is 0-based. */
export function callFrame(functionName: string, url = '', line = -1) {
  return { functionName, scriptId: '1', url, lineNumber: line, columnNumber: line < 0 ? -1 : 4 }
}

/** One recursion, called from the outside in; each call was sampled once. */
export function recursionProfile(calls: number): CpuProfile {
  const ids = Array.from({ length: calls }, (_, index) => index + 1)
  return {
    nodes: ids.map(id => ({
      id,
      callFrame: callFrame('again', 'file:///app/again.js', 2),
      hitCount: 1,
      children: id < calls ? [id + 1] : [],
    })),
    startTime: 0,
    endTime: calls * 1000,
    samples: ids,
    timeDeltas: ids.map(() => 1000),
  }
}

/**
 * The text of a heap profile of one recursion, of which each hundredth call allocates: `JSON.stringify` cannot write
 * objects that deep.
 */
export function recursionHeapProfile(calls: number): string {
  const frame = JSON.stringify(callFrame('again', 'file:///app/again.js', 2))
  let text = ''
  for (let id = 1; id <= calls; id++) {
    text += `{"callFrame":${frame},"selfSize":${id % 100 === 0 ? 4096 : 0},"id":${id},"children":[`
  }
  return `{"head":${text}${']}'.repeat(calls)}}`
}

/** CPU profile of this process while it does `work`, by V8 itself. */
export async function realCpuProfile(work: () => void): Promise<CpuProfile> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 500 })
  await session.post('Profiler.start')
  work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return profile as CpuProfile
}

/** Heap profile of this process after `work`, whose results stay alive until it is taken. */
export async function realHeapProfile(work: () => object[]): Promise<{ profile: HeapProfile; alive: object[] }> {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.startSampling', { samplingInterval: 16384 })
  const alive = work()
  const { profile } = await session.post('HeapProfiler.stopSampling')
  session.disconnect()
  return { profile: profile as HeapProfile, alive }
}

import * as v8 from 'node:v8'
import type { AppEngine } from '../../model/cpu-profile.js'

interface ProfilingV8 {
  startCpuProfile?(options: { sampleInterval: number }): { stop(): string | undefined }
}

/**
 * The profiler that is part of Node, or `null` where it is missing or takes no sampling interval:
 * `v8.startCpuProfile` came with 24.12 and 25.0 without parameters, and got its options later.
 */
export function nodeV8Engine(module: ProfilingV8 = v8 as ProfilingV8): AppEngine | null {
  const { startCpuProfile } = module
  if (!startCpuProfile || startCpuProfile.length === 0) return null
  return {
    engine: 'node:v8',
    start(sampleInterval) {
      const handle = startCpuProfile({ sampleInterval: sampleInterval / 1000 })
      return () => {
        const json = handle.stop()
        if (json === undefined) throw new Error('somebody else has ended the profile')
        return json
      }
    },
  }
}

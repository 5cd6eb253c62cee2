import { hookProfiler } from './hook-profiler.js'
import { inspectorProfiler } from './inspector.js'
import type { Profiler, ProfilerEngine } from './profiler.js'

export function chooseProfiler(engine: ProfilerEngine): Profiler {
  return engine === 'inspector' ? inspectorProfiler : hookProfiler(engine)
}

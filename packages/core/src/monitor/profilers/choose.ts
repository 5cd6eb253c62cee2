import type { ProfilerEngine } from '../../model/cpu-profile.js'
import { hookProfiler } from './hook-profiler.js'
import { inspectorProfiler } from './inspector.js'
import type { Profiler } from './profiler.js'

export function chooseProfiler(engine: ProfilerEngine): Profiler {
  return engine === 'inspector' ? inspectorProfiler : hookProfiler(engine)
}

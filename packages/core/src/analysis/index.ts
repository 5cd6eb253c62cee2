// The entry `@autodump/core/analysis`: what looks at recorded data, with no monitor in this process.

export { defaultThresholds } from '../rules/defaults.js'
export { type Firing, type Replay, type ReplayOptions, replay, resample } from '../rules/replay.js'
export { patchThresholds } from '../rules/thresholds-patch.js'
export { type AnalyseFileOptions, analyseFile, type FileAnalysis } from './analyse-file.js'

// The entry `@autodump/core/analysis`: analyses recorded data, without a monitor in this process.

export { toCollapsed } from '../formats/heap-snapshot/collapsed.js'
export { readHolders } from '../formats/heap-snapshot/holders/read-holders.js'
export { type ReadAsyncStacksOptions, readAsyncStacks } from '../formats/heap-snapshot/read.js'
export { reportOfFile } from '../formats/report-md/file-report.js'
export type { ShareChange, SharesComparison, SharesDigest } from '../model/shares.js'
export { patchThresholds } from '../options/thresholds-patch.js'
export { type AnalyseFileOptions, analyseFile, type FileAnalysis } from './analyse-file.js'
export { compareShares } from './compare-shares.js'
export type { CpuDetails } from './cpu-details.js'
export { costsOf, type FunctionCost, type ProfileCosts } from './shares.js'

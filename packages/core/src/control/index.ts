// The entry `@autodump/core/control`: it finds and asks the monitors of this machine, from outside of their processes.

export { defaultDirectories } from '../lib/default-directory.js'
export { type FaultyDump, groupFaults } from '../store/fault-groups.js'
export { checkManifest, isFileName } from '../store/manifest-file.js'
export { pprofOf } from '../store/serve-pprof.js'
export { explainCopy, reportOf } from '../store/serve-report.js'
export { findBucket } from './bucket.js'
export { type Ask, askInstance } from './client.js'
export { openDumps } from './dumps.js'
export type { InstanceRecord } from './instance.js'
export { listInstances } from './instances.js'
export { askStatus } from './last-status.js'
export { type DumpsToServe, serveDumps } from './serve-dumps.js'

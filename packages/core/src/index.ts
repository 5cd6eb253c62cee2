export { toCollapsed } from './async-stacks/collapsed.js'
export {
  type AsyncFrame,
  type AsyncStackGroup,
  type AsyncStacks,
  type ReadAsyncStacksOptions,
  readAsyncStacks,
} from './async-stacks/read.js'
export type { WaitsOn } from './async-stacks/waits.js'
export type { AsyncStacksEvidence } from './captures/async-stacks.js'
export type { AsyncWaitEvidence } from './captures/async-wait.js'
export type { CaptureKind } from './captures/capture.js'
export { captureKinds } from './captures/capture.js'
export type { CaptureOffer } from './captures/offers.js'
export { AutodumpError, type ErrorCode, type FieldError } from './errors.js'
export type { FleetEntry } from './fleet/list.js'
export { type AdminHandler, createAdminHandler, type RequestInfo } from './http/admin-handler.js'
export type { MonitorApi, MonitorEvents } from './http/monitor-api.js'
export { createNodeListener, mountOf } from './http/node.js'
export type { Logger } from './log.js'
export type { Sample } from './metrics/sample.js'
export { createMonitor, type Monitor, type RefOptions, type TriggerOptions } from './monitor.js'
export { createNodeAdapter, type NodeAdapter } from './node-adapter.js'
export type { Message as NotifyMessage } from './notify/message.js'
export type { NotifyOptions, WebhookFormat, WebhookOptions } from './notify/options.js'
export type { Action, Authorize, Client, Options, ResolvedOptions } from './options.js'
export type { Decision, RuleState, Verdict } from './rules/decision.js'
export type { RuleName, Threshold, Thresholds } from './rules/threshold.js'
export type { ArtifactEntry, CapturingDump, Finding, Manifest, Summary, TriggerInfo } from './store/manifest.js'
export type { DumpEntry, DumpPage, ListQuery } from './store/store.js'
export type { Status } from './thread/status.js'
export { registerWorker } from './workers/register-worker.js'

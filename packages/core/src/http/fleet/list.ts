import type { Fleet, Instance } from '../../model/fleet.js'
import type { CapturingDump } from '../../model/manifest.js'
import type { MonitorApi } from '../../model/monitor-api.js'
import type { Sample } from '../../model/sample.js'
import type { Status } from '../../model/status.js'
import { dumpPid, isDumpId } from '../../store/dump-id.js'
import { askEach, type InstanceAnswer } from './answer.js'

/** A process among those that share the directory, and how it is. */
export interface ListedInstance extends Instance {
  /** It is the one that answers. */
  self: boolean
  /**
   * `blocked`: its event loop is. `busy`: it captures a dump and does not answer at once, so what follows is what it said
   * before. `silent`: not even its monitor thread answers.
   */
  condition: Status['state'] | 'blocked' | 'busy' | 'silent'
  /** Why nothing is known of it. */
  error: string | null
  /** Milliseconds; `null` where it is not known, as all that follows. */
  blockedFor: number | null
  sample: Sample | null
  capture: CapturingDump | null
  lastDump: { id: string; headline: string; summary: string } | null
}

const statusRequest = { method: 'GET', path: '/status' } as const

/** All instances, the oldest first; one that does not answer in time is listed all the same. */
export async function listFleet({ fleet, status }: Pick<MonitorApi, 'fleet' | 'status'>): Promise<ListedInstance[]> {
  const others = await fleet.others()
  const answers = await askEach(fleet, others, statusRequest)
  const entries = others.map((instance, index) => entryOf(instance, false, answers[index]))
  const own = { id: fleet.own.id, pid: fleet.own.pid, status: 200, body: status() }
  return [...entries, entryOf(fleet.own, true, own)].sort(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.pid - b.pid,
  )
}

function entryOf(instance: Instance, self: boolean, answer: InstanceAnswer | undefined): ListedInstance {
  // The instance may run another version of Autodump: fields that it does not send are unknown.
  const status = answer?.status === 200 ? (answer.body as Partial<Status>) : undefined
  const blockedFor = status?.blockedFor ?? null
  const isBlocked = status?.state === 'running' && (blockedFor ?? 0) > 0
  return {
    ...instance,
    self,
    condition: status?.asOf ? 'busy' : isBlocked ? 'blocked' : (status?.state ?? 'silent'),
    error: status ? null : String((answer?.body as { detail?: unknown } | null)?.detail ?? 'it refused'),
    blockedFor,
    sample: status?.sample ?? null,
    capture: status?.capture ?? null,
    lastDump: status?.dumps?.last ?? null,
  }
}

/** A dump that another process is capturing: until it is on disk, only that process knows of it. */
export async function findCapturing(fleet: Fleet, id: string): Promise<CapturingDump | undefined> {
  if (!isDumpId(id)) return undefined
  const candidates = (await fleet.others()).filter(({ pid }) => pid === dumpPid(id))
  const answers = await askEach(fleet, candidates, statusRequest)
  return answers
    .map(({ status, body }) => (status === 200 ? (body as Partial<Status>).capture : null))
    .find(capture => capture?.id === id) as CapturingDump | undefined
}

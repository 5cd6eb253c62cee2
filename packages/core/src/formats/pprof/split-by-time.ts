import type { CpuProfile } from '../../model/cpu-profile.js'

/** From one moment to another, in microseconds on the clock of the profile. */
export interface LabelledTime {
  from: number
  to: number
  labels: Record<string, string>
}

/**
 * The profile as several of the same length: one for each labelled time and one for the rest. In each, the samples of the
 * others are idle. A moment that is labelled twice has the first label.
 */
export function splitByTime(
  profile: CpuProfile,
  times: LabelledTime[],
): { profile: CpuProfile; labels?: Record<string, string> }[] {
  const idle = profile.nodes.reduce((highest, { id }) => Math.max(highest, id), 0) + 1
  const callFrame = { functionName: '(idle)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 }
  const nodes = [...profile.nodes, { id: idle, callFrame, hitCount: 0 }]
  let at = profile.startTime
  const owners = profile.samples.map((_, index) => {
    at += profile.timeDeltas[index] ?? 0
    return times.findIndex(({ from, to }) => at >= from && at < to)
  })
  const part = (owner: number) => ({
    ...profile,
    nodes,
    samples: profile.samples.map((id, index) => (owners[index] === owner ? id : idle)),
  })
  return [
    { profile: part(-1) },
    ...times.flatMap(({ labels }, owner) => (owners.includes(owner) ? [{ profile: part(owner), labels }] : [])),
  ]
}

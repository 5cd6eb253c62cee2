import type { FaultGroup } from '../api/types.ts'
import { Badge } from '../ui/badge.tsx'
import { dumpsInWords, instancesInWords, stateOf, whereInWords } from './words.ts'

/** The decision about a fault, and whether a version brought it. */
export function FaultBadges({ fault: { state, newSince } }: { fault: FaultGroup }) {
  const decided = stateOf(state)
  return (
    <>
      {decided && <Badge tone={decided.tone}>{decided.words}</Badge>}
      {newSince && <Badge tone="alarm">new since {newSince}</Badge>}
    </>
  )
}

/** How many dumps a fault has, and of which processes. */
export function FaultExtent({ fault: { count, instances, services, versions } }: { fault: FaultGroup }) {
  return (
    <>
      <strong>{dumpsInWords(count)}</strong>
      <span>{instancesInWords(instances)}</span>
      <span>{whereInWords(services, versions)}</span>
    </>
  )
}

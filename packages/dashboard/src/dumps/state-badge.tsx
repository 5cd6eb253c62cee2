import type { ListedDump } from '../api/types.ts'
import { stateInWords } from '../dump/facts.ts'
import { Badge } from '../ui/badge.tsx'

/** The missing parts of a dump; nothing where it is whole. */
export function StateBadge({ state, artifacts }: Pick<ListedDump, 'state' | 'artifacts'>) {
  const words = stateInWords(state, artifacts)
  return words && <Badge tone={state === 'failed' ? 'alarm' : 'quiet'}>{`${state}: ${words}`}</Badge>
}

import { ask } from '../api/client.ts'
import type { DumpPage } from '../api/types.ts'
import { originInWords } from '../dumps/origin.ts'
import { StateBadge } from '../dumps/state-badge.tsx'
import { TriggerBadge } from '../dumps/trigger-badge.tsx'
import { dumpsChanged } from '../state/live.ts'
import { href } from '../state/route.ts'
import { Card } from '../ui/card.tsx'
import { kindTitle } from '../ui/format.ts'
import { Failure } from '../ui/notes.tsx'
import { Time } from '../ui/time.tsx'
import { useLoad } from '../ui/use-load.ts'
import { evidenceOf } from './evidence-of.ts'

/** The last trouble: its headline, and the evidence one tap away. */
export function LastDump() {
  const load = (signal: AbortSignal) => ask<DumpPage>('dumps', { query: { limit: 1 }, signal })
  const { data, error, reload } = useLoad(load, [dumpsChanged.value], { keep: true })
  if (error !== null && !data) return <Failure error={error} retry={reload} />
  const [dump] = data?.dumps ?? []
  if (!dump)
    return data && <p class="home-none muted">No dump yet: nothing has gone wrong as far as the rules can tell.</p>
  return (
    <Card title="Last dump" actions={<Time at={dump.createdAt} relative />}>
      <a class="home-headline" href={href('dumps', dump.id)} data-row>
        {dump.headline}
      </a>
      <p class="home-facts">
        <TriggerBadge metric={dump.metric} rule={dump.rule} />
        <StateBadge {...dump} />
        <span>{originInWords(dump)}</span>
      </p>
      <p class="home-evidence">
        {evidenceOf(dump).map(({ file, kind }) => (
          <a key={file} href={href('dumps', dump.id, file)}>
            {kindTitle(kind)}
          </a>
        ))}
        {dump.fault && <a href={href('faults', dump.fault.fingerprint)}>All dumps of this fault</a>}
      </p>
    </Card>
  )
}

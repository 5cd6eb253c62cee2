import { headlineOf } from '@autodump/core/rules'
import type { CapturingDump } from '../api/types.ts'
import { TriggerBadge } from '../dumps/trigger-badge.tsx'
import { href } from '../state/route.ts'
import { CancelButton, CaptureProgress } from '../trigger/progress.tsx'
import { Card } from '../ui/card.tsx'
import { Time } from '../ui/time.tsx'

/** A dump that is still being captured; the page becomes the dump by itself. */
export function Capturing({ dump, isSilent }: { dump: CapturingDump; isSilent: boolean }) {
  const { id, createdAt, trigger, firstSummary } = dump
  return (
    <article class="dump">
      <header class="dump-head">
        <p class="dump-crumbs">
          <a href={href('dumps')}>Dumps</a>
          <TriggerBadge metric={trigger.metric} rule={trigger.rule} />
          <Time at={createdAt} relative />
        </p>
        <h1 class="dump-sentence">
          <strong class="dumps-what">Being captured</strong>: {firstSummary ? headlineOf(firstSummary) : trigger.reason}
        </h1>
        <p class="dump-id">
          <code>{id}</code>
        </p>
      </header>
      <Card title="Progress" actions={<CancelButton id={id} />}>
        <div class="dump-progress">
          <CaptureProgress dump={dump} isSilent={isSilent} />
        </div>
      </Card>
    </article>
  )
}

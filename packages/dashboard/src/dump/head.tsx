import { headlineOf } from '@autodump/core/rules'
import { useState } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { StoredDump } from '../api/types.ts'
import { archiveUrl, compareHref, reportOf, setPinned } from '../dumps/actions.ts'
import { ConfirmDelete } from '../dumps/confirm-delete.tsx'
import type { Page } from '../dumps/list.ts'
import { StateBadge } from '../dumps/state-badge.tsx'
import { TriggerBadge } from '../dumps/trigger-badge.tsx'
import { dumpsChanged } from '../state/live.ts'
import { href, navigate } from '../state/route.ts'
import { forbidden, isStored, may } from '../state/session.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Copy } from '../ui/copy.tsx'
import { metricTitle } from '../ui/format.ts'
import { Linked } from '../ui/outside.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.tsx'
import { momentOf } from './facts.ts'

/** Whether the text of a dump says no more than its headline. */
const repeats = (summary: StoredDump['summary']) => summary.text.replace(/\.$/, '') === headlineOf(summary)

/** The event, in one line and in all, and the actions on the dump. */
export function Head({ dump }: { dump: StoredDump }) {
  const { id, trigger, summary } = dump
  return (
    <header class="dump-head">
      <p class="dump-crumbs">
        <a href={href('dumps')}>Dumps</a>
        <TriggerBadge metric={trigger.metric} rule={trigger.rule} />
        <Time at={momentOf(dump)} />
        <span class="muted">
          (<Time at={momentOf(dump)} relative />)
        </span>
        {dump.pinned && <Badge tone="info">Pinned</Badge>}
        <StateBadge {...dump} />
      </p>
      <h1 class="dump-sentence">{headlineOf(summary)}</h1>
      {!repeats(summary) && (
        <p class="dump-text">
          <Linked text={summary.text} />
        </p>
      )}
      <p class="dump-id">
        <code>{id}</code>
      </p>
      <Actions dump={dump} />
    </header>
  )
}

function Actions({ dump }: { dump: StoredDump }) {
  const { id, pinned, trigger, summary } = dump
  const [deleting, setDeleting] = useState(false)

  async function pin(): Promise<void> {
    try {
      await setPinned(id, !pinned)
      dumpsChanged.value++
      toast(pinned ? 'Unpinned: retention may remove it' : 'Pinned: retention will not remove it')
    } catch (error) {
      toast(`Not ${pinned ? 'unpinned' : 'pinned'}: ${(error as Error).message}`)
    }
  }

  async function compare(): Promise<void> {
    try {
      const previous = await previousOf(dump)
      if (previous) navigate(compareHref(previous, id))
      else toast(trigger.metric ? `No earlier dump of ${metricTitle(trigger.metric)}` : 'No earlier dump of this kind')
    } catch (error) {
      toast(`Not compared: ${(error as Error).message}`)
    }
  }

  return (
    <div class="dump-actions">
      {may('download') ? (
        <a class="button button-plain" href={archiveUrl(id)} download>
          Download all
        </a>
      ) : (
        <Button disabled title={forbidden('download')}>
          Download all
        </Button>
      )}
      <Button onClick={compare} title="Beside the one before of the same metric">
        Compare with previous
      </Button>
      {!isStored.value && (
        <Button onClick={pin} disabled={!may('configure')} title={forbidden('configure')}>
          {pinned ? 'Unpin' : 'Pin'}
        </Button>
      )}
      <Copy text={location.href} label="Copy link" />
      {may('download') && <Copy text={() => reportOf(id)} label="Copy as Markdown" />}
      {!isStored.value && (
        <>
          {/* Far from Pin, and where no thumb is by chance. */}
          <span class="dump-apart" />
          <Button tone="danger" onClick={() => setDeleting(true)} disabled={!may('delete')} title={forbidden('delete')}>
            Delete
          </Button>
        </>
      )}
      {deleting && (
        <ConfirmDelete
          ids={[id]}
          summary={headlineOf(summary)}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            dumpsChanged.value++
            toast('Deleted one dump')
            navigate(href('dumps'))
          }}
        />
      )}
    </div>
  )
}

/** How many pages of the list are looked through for the dump before: dumps of one metric are seldom more. */
const furthest = 5

/** The id of the newest dump before this one with the same metric, or the same rule where it has none. */
async function previousOf({ id, trigger: { metric, rule } }: StoredDump): Promise<string | undefined> {
  const query = metric ? { metric } : { rule }
  let cursor: string | undefined
  for (let page = 0; page < furthest; page++) {
    const { dumps, next } = await ask<Page>('dumps', { query: { ...query, limit: 1000, cursor } })
    const previous = dumps.find(other => other.id < id)
    if (previous) return previous.id
    if (!next) return undefined
    cursor = next
  }
  return undefined
}

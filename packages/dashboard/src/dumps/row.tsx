import type { ListedDump } from '../api/types.ts'
import { href } from '../state/route.ts'
import { forbidden, isStored, may } from '../state/session.ts'
import { formatBytes } from '../ui/format.ts'
import { Time } from '../ui/time.tsx'
import { archiveUrl, chosen, toggleChosen } from './actions.ts'
import { ArchiveIcon, PinIcon } from './icons.tsx'
import { pidOf } from './list.ts'
import { originInWords } from './origin.ts'
import { StateBadge } from './state-badge.tsx'
import { TriggerBadge } from './trigger-badge.tsx'

export function DumpRow({ dump, onPin }: { dump: ListedDump; onPin(): void }) {
  const { id, createdAt, metric, rule, headline, bytes, pinned } = dump
  const picked = chosen.value.includes(id)
  // Of stored dumps the service and instance tell more than a process id.
  const where = isStored.value && originInWords(dump)
  return (
    <li class="dumps-row" data-chosen={picked || undefined}>
      <label class="dumps-pick">
        <input type="checkbox" checked={picked} onChange={() => toggleChosen(id)} aria-label={`Choose: ${headline}`} />
      </label>
      <div class="dumps-main">
        <a class="dumps-sentence" href={href('dumps', id)} data-row>
          <strong class="dumps-what">{headline}</strong>
        </a>
        <p class="dumps-meta">
          <TriggerBadge metric={metric} rule={rule} />
          <Time at={Date.parse(createdAt)} relative />
          {where ? <span>{where}</span> : <span>pid {pidOf(id)}</span>}
          <span>{formatBytes(bytes)}</span>
          <StateBadge {...dump} />
        </p>
      </div>
      <div class="dumps-tools">
        {!isStored.value && (
          <button
            type="button"
            class="dumps-tool"
            aria-pressed={pinned}
            aria-label="Pinned"
            disabled={!may('configure')}
            title={pinTitle(pinned)}
            onClick={onPin}
          >
            <PinIcon filled={pinned} />
          </button>
        )}
        {may('download') && (
          <a
            class="dumps-tool"
            href={archiveUrl(id)}
            download
            title="Download all files as one archive"
            aria-label="Download archive"
          >
            <ArchiveIcon />
          </a>
        )}
      </div>
    </li>
  )
}

function pinTitle(pinned: boolean): string {
  const refused = forbidden('configure')
  if (refused) return `${pinned ? 'Pinned' : 'Not pinned'}; ${refused}`
  return pinned ? 'Pinned: retention does not remove it. Unpin' : 'Pin: retention will not remove it'
}

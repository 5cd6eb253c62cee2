import { ApiError } from '../api/client.ts'
import type { StoredDump } from '../api/types.ts'
import { ArtifactView } from '../artifacts/artifact.tsx'
import { JsonTree } from '../artifacts/json-tree.tsx'
import { manifestUrl } from '../dumps/actions.ts'
import { href, route, setQuery } from '../state/route.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Artifacts } from './artifacts.tsx'
import { Capturing } from './capturing.tsx'
import './dump.css'
import { Head } from './head.tsx'
import { Overview } from './overview.tsx'
import { Samples } from './samples.tsx'
import { useDump } from './use-dump.ts'

/** One dump, or one of its files. */
export function DumpView({ id, file }: { id: string; file?: string }) {
  const { dump, error, reload } = useDump(id)
  if (error instanceof ApiError && error.status === 404) return <Gone id={id} />
  if (!dump) return error === null ? <Loading what="the dump" /> : <Failure error={error} retry={reload} />
  if (dump.state === 'capturing') return <Capturing dump={dump} isSilent={error !== null} />
  return file === undefined ? <Stored dump={dump} /> : <ArtifactView dump={dump} file={file} />
}

const tabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'artifacts', label: 'Artifacts' },
  { id: 'samples', label: 'Samples' },
  { id: 'manifest', label: 'Manifest' },
]

function Stored({ dump }: { dump: StoredDump }) {
  const asked = route.value.query.get('tab')
  const tab = tabs.find(({ id }) => id === asked)?.id ?? 'overview'
  return (
    <article class="dump">
      <Head dump={dump} />
      <Tabs
        label="What to see of the dump"
        items={tabs}
        current={tab}
        onSelect={id => setQuery({ tab: id === 'overview' ? undefined : id })}
      />
      <div role="tabpanel" class="dump-panel" aria-label={tabs.find(({ id }) => id === tab)?.label}>
        {tab === 'overview' && <Overview dump={dump} />}
        {tab === 'artifacts' && <Artifacts dump={dump} />}
        {tab === 'samples' && <Samples dump={dump} />}
        {tab === 'manifest' && <ManifestTree dump={dump} />}
      </div>
    </article>
  )
}

function ManifestTree({ dump: { pinned, ...manifest } }: { dump: StoredDump }) {
  return (
    <Card title="manifest.json" actions={<a href={manifestUrl(manifest.id)}>Raw</a>}>
      <JsonTree value={manifest} />
    </Card>
  )
}

function Gone({ id }: { id: string }) {
  return (
    <Empty title="There is no such dump">
      <p>
        <code>{id}</code> may have been deleted, cancelled, or removed by retention to make room for newer ones. A dump
        that is pinned stays.
      </p>
      <p>
        <Button onClick={() => location.assign(href('dumps'))}>All dumps</Button>
      </p>
    </Empty>
  )
}

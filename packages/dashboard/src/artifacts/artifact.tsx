import { headlineOf } from '@autodump/core/rules'
import type { ComponentType } from 'preact'
import type { ArtifactEntry, StoredDump } from '../api/types.ts'
import { artifactUrl } from '../dumps/actions.ts'
import { href } from '../state/route.ts'
import { forbidden, may } from '../state/session.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { formatBytes, formatDuration, kindTitle } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'
import './artifacts.css'
import { AsyncStacksView } from './async-stacks.tsx'
import { Flame } from './flame.tsx'
import { FramesView } from './frames.tsx'
import { HeapSnapshotView } from './heap-snapshot.tsx'
import { HoldersView } from './holders.tsx'
import type { ViewerProps } from './load.ts'
import { PlainView } from './plain.tsx'
import { ReportView } from './report.tsx'
import { RequestsView } from './requests.tsx'
import { TraceView } from './trace.tsx'
import { type ViewerName, viewerOf } from './viewer-of.ts'

const viewers: Record<ViewerName, ComponentType<ViewerProps>> = {
  flame: Flame,
  requests: RequestsView,
  frames: FramesView,
  holders: HoldersView,
  'async-stacks': AsyncStacksView,
  trace: TraceView,
  report: ReportView,
  'heap-snapshot': HeapSnapshotView,
  plain: PlainView,
}

/** One file of a dump, shown as fits its kind. */
export function ArtifactView({ dump, file }: { dump: StoredDump; file: string }) {
  const artifact = dump.artifacts.find(artifact => artifact.file === file)
  if (!artifact)
    return (
      <Empty title="The dump has no such file">
        <p>
          <code>{file}</code> is not among <a href={artifactsHref(dump.id)}>its artifacts</a>.
        </p>
      </Empty>
    )
  return (
    <article class="artifact">
      <Head dump={dump} artifact={artifact} />
      <Body key={file} dump={dump} artifact={artifact} />
    </article>
  )
}

const artifactsHref = (id: string) => `${href('dumps', id)}?tab=artifacts`

function Body({ dump, artifact }: { dump: StoredDump; artifact: ArtifactEntry }) {
  if (artifact.state === 'failed')
    return <Empty title="The capture of it failed">{artifact.error ?? 'Nothing says why.'}</Empty>
  if (!may('download'))
    return (
      <Empty title="You may not see its content">
        This file is evidence from the process’s memory, and {forbidden('download')?.replace('not allowed: ', '')}.
      </Empty>
    )
  const Viewer = viewers[viewerOf(artifact)]
  return <Viewer dump={dump.id} artifact={artifact} artifacts={dump.artifacts} />
}

function Head({ dump, artifact }: { dump: StoredDump; artifact: ArtifactEntry }) {
  const { file, kind, phase, bytes, state, pauseMs, engine, redacted, thread } = artifact
  return (
    <header class="artifact-head">
      <p class="artifact-crumbs">
        <a href={href('dumps')}>Dumps</a>
        <span aria-hidden="true">›</span>
        <a href={artifactsHref(dump.id)} title={headlineOf(dump.summary)}>
          {dump.id}
        </a>
      </p>
      <div class="artifact-title">
        <h1>
          {kindTitle(kind)}
          {thread && ` of ${thread}`}
        </h1>
        <Badge tone="quiet">{phase === 'before' ? 'before the trigger' : 'during the capture'}</Badge>
        {redacted && <Badge tone="info">redacted</Badge>}
        {state === 'failed' && <Badge tone="alarm">failed</Badge>}
      </div>
      <div class="artifact-meta">
        <p class="muted small">
          <code>{file}</code> · {formatBytes(bytes)}
          {engine && ` · by ${engine}`}
          {pauseMs !== undefined && ` · app stood still for ${formatDuration(pauseMs)}`}
        </p>
        {state !== 'failed' &&
          (may('download') ? (
            <a class="button button-plain" href={artifactUrl(dump.id, file)} download>
              Download
            </a>
          ) : (
            <Button disabled title={forbidden('download')}>
              Download
            </Button>
          ))}
      </div>
    </header>
  )
}

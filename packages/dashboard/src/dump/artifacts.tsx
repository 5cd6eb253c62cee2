import { evidenceKind } from '@autodump/core/rules'
import type { ArtifactEntry, StoredDump } from '../api/types.ts'
import { artifactUrl, downloadUrl } from '../dumps/actions.ts'
import { href } from '../state/route.ts'
import { forbidden, may } from '../state/session.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Copy } from '../ui/copy.tsx'
import { formatBytes, formatDuration, kindTitle } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'

const phases: [phase: ArtifactEntry['phase'], title: string, text: string][] = [
  ['during', 'During the capture', 'taken from the trigger on'],
  ['before', 'Before the trigger', 'what the recorder already had'],
]

/** Every file of the dump, by when it was taken. */
export function Artifacts({ dump }: { dump: StoredDump }) {
  if (dump.artifacts.length === 0)
    return <Empty title="No artifacts">Nothing was captured but the samples; the findings may say why.</Empty>
  return phases.map(([phase, title, text]) => {
    const artifacts = dump.artifacts.filter(artifact => artifact.phase === phase)
    if (artifacts.length === 0) return null
    return (
      <Card key={phase} title={title} actions={<span class="muted small">{text}</span>}>
        <ul class="dump-artifacts">
          {artifacts.map(artifact => (
            <Artifact key={artifact.file} id={dump.id} artifact={artifact} />
          ))}
        </ul>
      </Card>
    )
  })
}

function Artifact({ id, artifact }: { id: string; artifact: ArtifactEntry }) {
  const {
    file,
    kind,
    bytes,
    storedBytes,
    encoding,
    sha256,
    state,
    error,
    pauseMs,
    engine,
    redacted,
    thread,
    salvagedFrom,
  } = artifact
  const failed = state === 'failed'
  return (
    <li class="dump-artifact">
      <div class="dump-artifact-main">
        <h3>
          {failed ? kindTitle(kind) : <a href={href('dumps', id, file)}>{kindTitle(kind)}</a>}
          {thread && <span class="muted"> of {thread}</span>}
          {failed && <Badge tone="alarm">failed</Badge>}
          {redacted && (
            <Badge tone="info" title="The strings of the app were taken out">
              redacted
            </Badge>
          )}
        </h3>
        <p class="dump-artifact-facts">
          <code>{file}</code>
          {!failed && <span>{formatBytes(bytes)}</span>}
          {!failed && encoding && (
            <span>
              {formatBytes(storedBytes)} on disk ({encoding})
            </span>
          )}
          {engine && <span>by {engine}</span>}
          {pauseMs !== undefined && <span>app stood still for {formatDuration(pauseMs)}</span>}
          {!failed && (
            <span>
              SHA-256 <code title={sha256}>{sha256.slice(0, 12)}…</code> <Copy text={sha256} label="Copy hash" />
            </span>
          )}
        </p>
        {error && <p class="dump-artifact-error">{error}</p>}
        {salvagedFrom && (
          <p class="dump-artifact-facts">
            <span>
              saved from the unfinished dump <code>{salvagedFrom}</code>
            </span>
          </p>
        )}
      </div>
      {!failed && <Ways id={id} artifact={artifact} />}
    </li>
  )
}

function Ways({ id, artifact: { file, kind } }: { id: string; artifact: ArtifactEntry }) {
  return (
    <div class="dump-artifact-ways">
      <a class="button button-primary" href={href('dumps', id, file)} aria-label={`Open ${file}`}>
        Open
      </a>
      {may('download') ? (
        <>
          <a class="button button-plain" href={downloadUrl(id, file)} download aria-label={`Download ${file}`}>
            Download
          </a>
          {evidenceKind(kind)?.pprof && (
            <a
              class="button button-ghost"
              href={artifactUrl(id, file, { format: 'pprof' })}
              download
              title="For go tool pprof, Pyroscope and Parca"
              aria-label={`Download ${file} as pprof`}
            >
              pprof
            </a>
          )}
        </>
      ) : (
        <Button disabled title={forbidden('download')}>
          Download
        </Button>
      )}
    </div>
  )
}

import { artifactUrl } from '../dumps/actions.ts'
import { may } from '../state/session.ts'
import { Card } from '../ui/card.tsx'
import { formatBytes } from '../ui/format.ts'
import type { ViewerProps } from './load.ts'

/** A `.heapsnapshot`: no page can show it, so how to open it elsewhere. */
export function HeapSnapshotView({ dump, artifact: { file, bytes, redacted } }: ViewerProps) {
  return (
    <>
      <Card title="How to open it">
        <ol class="artifact-steps">
          <li>
            {may('download') ? (
              <a href={artifactUrl(dump, file)} download>
                Download {file}
              </a>
            ) : (
              `Have somebody download ${file} who may.`
            )}{' '}
            ({formatBytes(bytes)})
          </li>
          <li>
            Chrome or Edge: open DevTools, the Memory panel, “Load profile”. “Summary” sorted by retained size shows
            what holds most; “Comparison” needs a second snapshot.
          </li>
          <li>
            Or look for leaks with memlab: <code>npx memlab analyze unbound-object --snapshot {file}</code>
          </li>
        </ol>
        {bytes > 300 * 1024 ** 2 && (
          <p class="artifact-note">
            That is a large one: DevTools takes two to four times its size in memory, and minutes. memlab on a machine
            with room copes better.
          </p>
        )}
      </Card>
      <Card title="What is in it">
        {redacted ? (
          <p>
            It is <strong>redacted</strong>: the strings of the app were taken out. Names of classes, functions and
            properties are there, and so are all sizes and references.
          </p>
        ) : (
          <p class="artifact-note">
            It is <strong>not redacted</strong>: every string that was in memory is in it, passwords, tokens and data of
            users among them. Keep it as you keep those.
          </p>
        )}
      </Card>
    </>
  )
}

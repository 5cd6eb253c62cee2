import { useMemo } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { ArtifactEntry, StoredDump } from '../api/types.ts'
import type { CpuProfile } from '../compare/profiles.ts'
import { artifactUrl, reportOf } from '../dumps/actions.ts'
import { href } from '../state/route.ts'
import { may } from '../state/session.ts'
import { Card } from '../ui/card.tsx'
import { useLoad } from '../ui/use-load.ts'
import { artifactOf } from './facts.ts'
import { type SourceLines, sectionsOf } from './report-sections.ts'
import { culpritIn, type NamedFunction, type StackFrame, stackOf } from './stack-of.ts'

/** Bytes of a profile that is read without being asked for. */
const small = 2 * 1024 ** 2

/**
 * The code that is to blame with its stack, and the next steps: as far as the dump has it, and the reader may see it.
 */
export function Culprit({ dump }: { dump: StoredDump }) {
  const report = useLoad(
    async signal => (may('download') ? sectionsOf(await reportOf(dump.id, signal)) : null),
    [dump.id],
  ).data
  const culprit = culpritIn(dump.summary.findings)
  const profile = artifactOf(dump, 'cpu-profile')
  const isReadable = ({ file, bytes }: ArtifactEntry) => file.endsWith('.cpuprofile') && bytes <= small
  return (
    <>
      {report && report.source.length > 0 && (
        <Card title="Source">
          {report.source.map(excerpt => (
            <Source key={excerpt.title} {...excerpt} />
          ))}
        </Card>
      )}
      {may('download') && culprit && profile && isReadable(profile) && (
        <Stack dump={dump.id} profile={profile} culprit={culprit} />
      )}
      {report && report.advice.length > 0 && (
        <Card title="What to try">
          <ul class="dump-advice">
            {report.advice.map(text => (
              <li key={text}>{withCode(text)}</li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function Source({ title, lines }: SourceLines) {
  return (
    <figure class="dump-source">
      <figcaption class="muted small">
        <code>{title}</code>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        {lines.map(({ text, isPlace }) => (
          <span key={text} data-place={isPlace || undefined}>
            {`${text}\n`}
          </span>
        ))}
      </pre>
    </figure>
  )
}

interface StackProps {
  dump: string
  profile: ArtifactEntry
  culprit: NamedFunction
}

/** It is left out where the profile cannot be had or does not have the function. */
function Stack({ dump, profile: { file }, culprit }: StackProps) {
  const { data } = useLoad(signal => ask<CpuProfile>(artifactUrl(dump, file), { signal }), [dump, file])
  const stack = useMemo(() => framesOf(data, culprit), [data])
  if (stack.length === 0) return null
  return (
    <Card title="Stack" actions={<a href={href('dumps', dump, file)}>CPU profile</a>}>
      <ol class="dump-stack">
        {stack.map(({ name, place, isCulprit, isRuntime }, index) => (
          <li key={index} data-culprit={isCulprit || undefined} data-runtime={isRuntime || undefined}>
            <code>{name}</code> {place && <span class="muted small">{place}</span>}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function framesOf(profile: CpuProfile | null, culprit: NamedFunction): StackFrame[] {
  try {
    return profile ? stackOf(profile, culprit) : []
  } catch {
    // The file is no profile; its own view says so.
    return []
  }
}

/** Advice has code between backticks. */
const withCode = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))

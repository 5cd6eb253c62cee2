import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { formatBytes } from '../ui/format.ts'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'
import { readAtOnce, type ViewerProps } from './load.ts'

interface Props<T> extends Pick<ViewerProps, 'dump' | 'artifact'> {
  load(dump: string, file: string, signal: AbortSignal): Promise<T>
  /** Bytes that are never read into the page, with the step to take instead. @default none */
  limit?: number
  /** The part that is read, in words. @default the file's name */
  what?: string
  children(data: T): ComponentChildren
}

/** Reads a file and shows it; a large one when somebody has asked for it. Leaving ends the reading. */
export function Guarded<T>(props: Props<T>) {
  const { dump, artifact, limit = Number.POSITIVE_INFINITY, what = artifact.file } = props
  const [wanted, setWanted] = useState(false)
  if (artifact.bytes > limit)
    return (
      <Empty title={`${formatBytes(artifact.bytes)} are too much to show here`}>
        The page reads up to {formatBytes(limit)} of such a file. Download it instead.
      </Empty>
    )
  if (artifact.bytes > readAtOnce && !wanted)
    return (
      <Empty title={`${formatBytes(artifact.bytes)} to read`}>
        <p>That may take a while on a slow line.</p>
        <Button tone="primary" onClick={() => setWanted(true)}>
          Read {what}
        </Button>
      </Empty>
    )
  return <Read key={`${dump}/${artifact.file}`} {...props} what={what} />
}

function Read<T>({ dump, artifact, load, what, children }: Props<T> & { what: string }) {
  const { data, error, reload } = useLoad(
    async signal => ({ value: await load(dump, artifact.file, signal) }),
    [dump, artifact.file],
  )
  if (error) return <Failure error={error} retry={reload} />
  return data ? <>{children(data.value)}</> : <Loading what={what} />
}

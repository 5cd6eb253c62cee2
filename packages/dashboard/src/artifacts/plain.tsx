import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/notes.tsx'
import { Guarded } from './guarded.tsx'
import { JsonTree } from './json-tree.tsx'
import { loadJson, loadText, type ViewerProps } from './load.ts'

const limit = 1024 ** 2

/** Any other file: as a tree if it is JSON, else as text. */
export function PlainView({ dump, artifact }: ViewerProps) {
  return (
    <Card title={artifact.file}>
      {artifact.file.endsWith('.json') ? (
        <Guarded dump={dump} artifact={artifact} load={loadJson<unknown>} limit={limit}>
          {value => <JsonTree value={value} label={artifact.file} />}
        </Guarded>
      ) : (
        <Guarded dump={dump} artifact={artifact} load={loadText} limit={limit}>
          {text =>
            text === '' ? (
              <Empty title="The file is empty" />
            ) : (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling parts must be reachable by keyboard.
              <pre class="artifact-text" tabIndex={0}>
                {text}
              </pre>
            )
          }
        </Guarded>
      )}
    </Card>
  )
}

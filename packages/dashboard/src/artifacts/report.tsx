import { Card } from '../ui/card.tsx'
import { Guarded } from './guarded.tsx'
import { JsonTree } from './json-tree.tsx'
import { loadJson, type ViewerProps } from './load.ts'
import { type Report, reportFacts } from './report-facts.ts'

/** `report.json`, a diagnostic report of Node.js: the first things to look for, then all of it folded. */
export function ReportView({ dump, artifact }: ViewerProps) {
  return (
    <Guarded dump={dump} artifact={artifact} load={loadJson<Report>}>
      {report => <Shown report={report} file={artifact.file} />}
    </Guarded>
  )
}

function Shown({ report, file }: { report: Report; file: string }) {
  const facts = reportFacts(report)
  const stack = report.javascriptStack?.stack ?? []
  return (
    <>
      {facts.length > 0 && (
        <Card title="The process">
          <dl class="artifact-facts">
            {facts.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {stack.length > 0 && (
        <Card title="JavaScript stack">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <pre class="artifact-text" tabIndex={0}>
            {[report.javascriptStack?.message, ...stack.map(frame => `    ${frame}`)].filter(Boolean).join('\n')}
          </pre>
        </Card>
      )}
      <Card title="All of it">
        <JsonTree value={report} label={file} />
      </Card>
    </>
  )
}

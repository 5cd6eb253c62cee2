import type { StoredDump } from '../api/types.ts'
import { href } from '../state/route.ts'
import { Card } from '../ui/card.tsx'
import { formatDuration, formatValue, kindTitle, metricTitle, ruleTitle } from '../ui/format.ts'
import { Outside } from '../ui/outside.tsx'
import { Time } from '../ui/time.tsx'
import { Culprit } from './culprit.tsx'
import { artifactOf, type FindingGroup, groupFindings, leadingMetrics, limitsInWords, momentOf } from './facts.ts'
import { Legend, MetricChart } from './samples.tsx'

/** The story of a dump on one screen: the curve, the culprits, the trigger, the process. */
export function Overview({ dump }: { dump: StoredDump }) {
  const metrics = leadingMetrics(dump)
  return (
    <>
      <Culprit dump={dump} />
      {metrics.length > 0 && (
        <>
          <div class="dump-charts" data-count={metrics.length}>
            {metrics.map(metric => (
              <MetricChart key={metric} dump={dump} metric={metric} height={metrics.length === 1 ? 180 : 130} />
            ))}
          </div>
          <Legend dump={dump} />
        </>
      )}
      <div class="dump-columns">
        <Findings dump={dump} />
        <div class="dump-aside">
          <Trigger dump={dump} />
          <Process dump={dump} />
        </div>
      </div>
    </>
  )
}

function Findings({ dump }: { dump: StoredDump }) {
  const groups = groupFindings(dump.summary.findings, dump.trigger.metric)
  // Each file is offered once, where it is first about it.
  const offered = new Set<string>()
  const fileOf = ({ kind, evidence }: FindingGroup) => {
    const artifact = evidence && artifactOf(dump, evidence, kind.endsWith('-before') ? 'before' : undefined)
    if (!artifact || offered.has(artifact.file)) return undefined
    offered.add(artifact.file)
    return artifact
  }
  return (
    <Card title="Findings">
      {groups.length === 0 && <p class="muted">Nothing stands out in what was captured.</p>}
      {groups.map(group => {
        const { kind, title, findings } = group
        const artifact = fileOf(group)
        return (
          <section key={kind} class="dump-findings">
            <h3>
              {title}
              {artifact && (
                <a class="dump-evidence" href={href('dumps', dump.id, artifact.file)}>
                  {kindTitle(artifact.kind)}
                  {artifact.phase === 'before' && ' from before'} →
                </a>
              )}
            </h3>
            {kind === 'last-words' ? (
              findings.map(({ text }) => (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling parts must be reachable by keyboard.
                <pre key={text} class="dump-words" tabIndex={0}>
                  {text}
                </pre>
              ))
            ) : (
              <ul>
                {findings.map(({ text, data }) => (
                  <li key={text}>
                    {kind === 'trace' && typeof data?.traceUrl === 'string' ? (
                      <Outside href={data.traceUrl}>{text}</Outside>
                    ) : (
                      text
                    )}
                  </li>
                ))}
              </ul>
            )}
          </section>
        )
      })}
    </Card>
  )
}

function Trigger({ dump }: { dump: StoredDump }) {
  const { metric, rule, value, mean, threshold, unit, reason } = dump.trigger
  const moment = momentOf(dump)
  const facts: [string, string | null][] = [
    ['Metric', metric && metricTitle(metric)],
    ['Rule', ruleTitle(rule)],
    ['Value', value === null ? null : formatValue(value, unit)],
    ['Mean before', mean === null ? null : formatValue(mean, unit)],
    ['Line crossed', threshold === null ? null : formatValue(threshold, unit)],
  ]
  return (
    <Card title={rule === 'crash' ? 'The end' : 'Trigger'}>
      <dl class="dump-facts">
        <Facts facts={facts} />
        <dt>When</dt>
        <dd>
          <Time at={moment} />
        </dd>
        {rule === 'crash' && (
          <>
            <dt>Found out</dt>
            <dd>
              <Time at={dump.createdAt} />
            </dd>
          </>
        )}
        {/* Of a crash the reason is the sentence again. */}
        {rule !== 'crash' && <Facts facts={[['Reason', reason]]} />}
      </dl>
    </Card>
  )
}

function Process({ dump }: { dump: StoredDump }) {
  const { pid, host, node, v8, uptime, labels, limits } = dump.process
  return (
    <Card title="Process">
      <dl class="dump-facts">
        <Facts
          facts={[
            ['Process id', String(pid)],
            ['Host', host],
            ['Node.js', node],
            ['V8', v8],
            ['Up for', formatDuration(uptime * 1000)],
            ...Object.entries(labels),
            ...limitsInWords(limits).map(([name, text]): [string, string] => [`100% of ${name}`, text]),
          ]}
        />
      </dl>
    </Card>
  )
}

function Facts({ facts }: { facts: [name: string, value: string | null][] }) {
  return facts.map(
    ([name, value]) =>
      value !== null && (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ),
  )
}

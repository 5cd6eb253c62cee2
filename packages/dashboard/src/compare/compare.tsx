import { headlineOf, metricInfo } from '@autodump/core/rules'
import { ApiError, ask } from '../api/client.ts'
import type { CapturingDump, Finding, Manifest } from '../api/types.ts'
import { limitsInWords, momentOf } from '../dump/facts.ts'
import { TriggerBadge } from '../dumps/trigger-badge.tsx'
import { href, navigate } from '../state/route.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { formatDuration, formatValue, metricTitle } from '../ui/format.ts'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { dumpInReadersZone } from '../ui/readers-zone.ts'
import { Time } from '../ui/time.tsx'
import { useLoad } from '../ui/use-load.ts'
import './compare.css'
import { Evidence } from './evidence.tsx'
import { compareFindings } from './findings.ts'
import { metricRows } from './sides.ts'
import { faultsInWords } from './verdict.ts'

/** Two dumps beside each other: their events, and the differences in their content. */
export function Compare({ a, b }: { a: string; b: string }) {
  const { data, error, reload } = useLoad(
    signal =>
      Promise.all([a, b].map(id => ask<Manifest | CapturingDump>(`dumps/${encodeURIComponent(id)}`, { signal }))),
    [a, b],
  )
  if (error instanceof ApiError && error.status === 404)
    return (
      <Empty title="One of the two is gone">
        <p>It may have been deleted, or removed by retention.</p>
        <a href={href('dumps')}>Choose two others</a>
      </Empty>
    )
  if (error !== null) return <Failure error={error} retry={reload} />
  if (!data) return <Loading what="the two dumps" />
  const [left, right] = data as [Manifest | CapturingDump, Manifest | CapturingDump]
  if (left.state === 'capturing' || right.state === 'capturing')
    return (
      <Empty title="One of the two is still being captured">
        <Button onClick={reload}>Look again</Button>
      </Empty>
    )
  return <Both a={dumpInReadersZone(left)} b={dumpInReadersZone(right)} />
}

function Both({ a, b }: { a: Manifest; b: Manifest }) {
  return (
    <article class="compare">
      <header class="compare-head">
        <h1>Two dumps compared</h1>
        <Button onClick={() => navigate(href('compare', b.id, a.id))}>Swap sides</Button>
      </header>
      <p class="compare-verdict">{faultsInWords(a, b)}</p>
      <div class="compare-sides">
        <Side letter="A" dump={a} />
        <Side letter="B" dump={b} />
      </div>
      <Evidence a={a} b={b} />
      <Findings a={a} b={b} />
      <div class="compare-pair">
        <Metrics a={a} b={b} />
        <Process a={a} b={b} />
      </div>
    </article>
  )
}

function Side({ letter, dump }: { letter: string; dump: Manifest }) {
  const { id, trigger, summary } = dump
  const { metric, rule, value, mean, threshold, unit } = trigger
  const figures = [
    value !== null && formatValue(value, unit),
    mean !== null && `mean ${formatValue(mean, unit)}`,
    threshold !== null && `line at ${formatValue(threshold, unit)}`,
  ].filter(Boolean)
  return (
    <section class="card compare-side" aria-label={`Dump ${letter}`}>
      <p class="compare-when">
        <span class="compare-letter">{letter}</span>
        <TriggerBadge metric={metric} rule={rule} />
        <Time at={momentOf(dump)} />
      </p>
      <p class="compare-sentence">
        <strong class="dumps-what">{headlineOf(summary)}</strong>
      </p>
      <p class="compare-foot">
        <a href={href('dumps', id)}>Open dump {letter}</a>
        <span>{figures.join(', ')}</span>
      </p>
    </section>
  )
}

function Metrics({ a, b }: { a: Manifest; b: Manifest }) {
  return (
    <Card title="At the trigger">
      <SideTable
        rows={metricRows(a, b).map(({ metric, a, b }) => {
          const { unit } = metricInfo(metric)
          return { name: metricTitle(metric), a: formatValue(a, unit), b: formatValue(b, unit) }
        })}
      />
    </Card>
  )
}

function Process({ a, b }: { a: Manifest; b: Manifest }) {
  const [ofA, ofB] = [processFacts(a), processFacts(b)]
  const names = [...new Set([...ofA.keys(), ...ofB.keys()])]
  return (
    <Card title="Process">
      <SideTable
        rows={names.map(name => {
          const [a, b] = [ofA.get(name) ?? '–', ofB.get(name) ?? '–']
          return { name, a, b, differs: a !== b && !alwaysNew.has(name) }
        })}
      />
    </Card>
  )
}

/** Findings that differ in every process or dump, which says nothing. */
const alwaysNew = new Set(['Process id', 'Up for'])

function processFacts({ process }: Manifest): Map<string, string> {
  const { pid, host, node, uptime, labels, limits } = process
  return new Map([
    ['Process id', String(pid)],
    ['Host', host],
    ['Node.js', node],
    ['Up for', formatDuration(uptime * 1000)],
    ...Object.entries(labels),
    ...limitsInWords(limits).map(([name, text]): [string, string] => [`100% of ${name}`, text]),
  ])
}

interface SideRow {
  name: string
  a: string
  b: string
  /** To be said of the row. */
  differs?: boolean
}

function SideTable({ rows }: { rows: SideRow[] }) {
  return (
    <table class="compare-table">
      <thead>
        <tr>
          <th scope="col">
            <span class="sr-only">What</span>
          </th>
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, a, b, differs }) => (
          <tr key={name} data-differs={differs || undefined}>
            <th scope="row">{name}</th>
            <td>{a}</td>
            <td>
              {b}
              {differs && <span class="compare-differs"> differs</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Findings({ a, b }: { a: Manifest; b: Manifest }) {
  const { onlyA, onlyB, both } = compareFindings(a.summary.findings, b.summary.findings)
  return (
    <Card title="Findings">
      <div class="compare-pair">
        <FindingList title="Only in A" findings={onlyA} />
        <FindingList title="Only in B" findings={onlyB} />
      </div>
      {both.length > 0 && (
        <details class="compare-both">
          <summary>In both: {both.length}</summary>
          <ul class="compare-shared">
            {both.map(({ a, b }) => (
              <li key={a.text}>
                <span>
                  <span class="compare-letter">A</span> {a.text}
                </span>
                <span>
                  <span class="compare-letter">B</span> {b.text}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}

function FindingList({ title, findings }: { title: string; findings: Finding[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {findings.length === 0 && <p class="muted">Nothing.</p>}
      <ul class="compare-findings">
        {findings.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  )
}

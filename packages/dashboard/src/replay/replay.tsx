import { builtinMetrics, defaultThreshold, metricInfo } from '@autodump/core/rules'
import { useState } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { BucketReplay, DumpPage, ReplayRequest, Threshold } from '../api/types.ts'
import { href, route, setQuery } from '../state/route.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { metricTitle } from '../ui/format.ts'
import { Failure, Loading } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'
import './replay.css'
import { Fields } from './fields.tsx'
import { Found } from './found.tsx'
import { patchOf } from './patch.ts'

/** Which dumps other thresholds would have made of the samples of all processes. */
export function ReplayView() {
  const { query } = route.value
  const service = query.get('service') ?? ''
  const [metric, setMetric] = useState('cpu')
  const [changed, setChanged] = useState<Record<string, Threshold>>({})
  const [asked, setAsked] = useState<ReplayRequest | null>(null)
  const facets = useLoad(signal => ask<DumpPage>('dumps', { query: { limit: 1, facets: true }, signal }), [])
  const known = facets.data?.facets
  const metrics = [...new Set([...Object.keys(builtinMetrics), ...(known?.metric ?? []).map(({ value }) => value)])]
  const services = (known?.service ?? []).map(({ value }) => value)
  const threshold = changed[metric] ?? defaultThreshold(metric)
  const patch = patchOf(changed)
  return (
    <article class="replay">
      <header class="replay-head">
        <h1>Try thresholds</h1>
        <a href={href('faults')}>Faults</a>
      </header>
      <p class="muted">
        Which dumps would other thresholds have made, of all processes? The samples of the newest dumps in the bucket
        are judged anew. Nothing is changed by it.
      </p>
      <Card title="Thresholds">
        <form
          class="replay-form"
          onSubmit={event => {
            event.preventDefault()
            setAsked({ thresholds: patch, ...(service && { service }) })
          }}
        >
          <div class="replay-choices">
            <Choice
              label="Service"
              value={service}
              all="All services"
              values={services}
              onChange={next => setQuery({ service: next })}
            />
            <Choice
              label="Metric"
              value={metric}
              values={metrics.filter(name => name !== '')}
              words={metricTitle}
              onChange={setMetric}
            />
          </div>
          <Fields
            key={metric}
            threshold={threshold}
            unit={metricInfo(metric).unit}
            onChange={changes => setChanged({ ...changed, [metric]: { ...threshold, ...changes } })}
          />
          <p class="replay-ways">
            <Button type="submit" tone="primary">
              Replay
            </Button>
            <span class="muted">
              {Object.keys(patch).length === 0
                ? 'The defaults of all metrics, so far.'
                : `Other than the defaults: ${Object.keys(patch).map(metricTitle).join(', ')}.`}
            </span>
          </p>
        </form>
      </Card>
      {asked && <Result asked={asked} />}
    </article>
  )
}

function Result({ asked }: { asked: ReplayRequest }) {
  const { data, error, loading, reload } = useLoad(
    signal => ask<BucketReplay>('replay', { method: 'POST', body: asked, signal }),
    [asked],
    { keep: true },
  )
  if (error !== null) return <Failure error={error} retry={reload} />
  if (!data) return <Loading what="the samples of the newest dumps" />
  return <Found found={data} isStale={loading} />
}

interface ChoiceProps {
  label: string
  value: string
  values: string[]
  /** The name of no choice. */
  all?: string
  words?(value: string): string
  onChange(value: string): void
}

function Choice({ label, value, values, all, words = name => name, onChange }: ChoiceProps) {
  return (
    <label class="replay-choice">
      <span>{label}</span>
      <select value={value} onChange={event => onChange(event.currentTarget.value)}>
        {all !== undefined && <option value="">{all}</option>}
        {[...new Set([...values, value])].filter(Boolean).map(name => (
          <option key={name} value={name}>
            {words(name)}
          </option>
        ))}
      </select>
    </label>
  )
}

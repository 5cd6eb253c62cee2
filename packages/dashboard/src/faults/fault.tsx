import { useEffect } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { DumpPage, FaultGroup, Faults, ListedDump } from '../api/types.ts'
import { originInWords } from '../dumps/origin.ts'
import { dumpsChanged } from '../state/live.ts'
import { href } from '../state/route.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { Time } from '../ui/time.tsx'
import { useLoad } from '../ui/use-load.ts'
import './faults.css'
import { FaultBadges, FaultExtent } from './facts.tsx'
import { Marking } from './marking.tsx'
import { Spark } from './spark.tsx'
import { useFaults } from './use-faults.ts'
import { worstOf } from './worst.ts'

/** Dumps among which the worst is looked for: the newest of the fault. */
const most = 200

function useDumpsOf(fingerprint: string) {
  const load = (signal: AbortSignal) => ask<DumpPage>('dumps', { query: { fault: fingerprint, limit: most }, signal })
  return useLoad(load, [fingerprint, dumpsChanged.value], { keep: true })
}

/** One fault: where and since when, the decision about it, and its dumps. */
export function FaultView({ fingerprint }: { fingerprint: string }) {
  const { faults, error, reload } = useFaults('')
  const fault = faults?.faults.find(one => one.fingerprint === fingerprint)
  if (error !== null) return <Failure error={error} retry={reload} />
  if (!faults) return <Loading what="the fault" />
  if (!fault)
    return (
      <Empty title="There is no such fault">
        Retention may have removed its dumps. See <a href={href('faults')}>all faults</a>.
      </Empty>
    )
  return (
    <article class="fault">
      <Head fault={fault} span={faults} />
      {faults.writable && <Marking fault={fault} />}
      <Dumps fault={fault} />
    </article>
  )
}

function Head({ fault, span }: { fault: FaultGroup; span: Faults }) {
  const { title, firstAt, lastAt, note, chart } = fault
  return (
    <header class="fault-head">
      <p class="fault-facts">
        <a class="fault-back" href={href('faults')}>
          Faults
        </a>
        <FaultBadges fault={fault} />
      </p>
      <h1>{title}</h1>
      <p class="fault-facts">
        <FaultExtent fault={fault} />
        <span>
          first <Time at={firstAt} />
        </span>
        <span>
          last <Time at={lastAt} />
        </span>
      </p>
      <Spark chart={chart} from={span.from} to={span.to} />
      {note && <p class="fault-note">{note}</p>}
    </header>
  )
}

function Dumps({ fault }: { fault: FaultGroup }) {
  const { data, error, reload } = useDumpsOf(fault.fingerprint)
  if (error !== null) return <Failure error={error} retry={reload} />
  if (!data) return <Loading what="its dumps" />
  const worst = worstOf(data.dumps)
  const [newest] = data.dumps
  return (
    <>
      <Card title="Look at">
        <ul class="fault-dumps">
          {newest && <DumpLine dump={newest} badge="newest" />}
          {worst && worst !== newest && (
            <DumpLine dump={worst} badge={data.total > most ? `worst of the newest ${most}` : 'worst'} />
          )}
        </ul>
      </Card>
      {data.dumps.length > 1 && (
        <Card
          title="All its dumps"
          actions={data.total > 20 && <a href={`${href('dumps')}?fault=${fault.fingerprint}`}>Show all {data.total}</a>}
        >
          <ul class="fault-dumps">
            {data.dumps.slice(0, 20).map(dump => (
              <DumpLine key={dump.id} dump={dump} />
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function DumpLine({ dump, badge }: { dump: ListedDump; badge?: string }) {
  const { id, headline, createdAt } = dump
  return (
    <li>
      <a href={href('dumps', id)} data-row>
        {headline}
      </a>
      <p class="fault-facts">
        {badge && <Badge tone={badge === 'newest' ? 'info' : 'warn'}>{badge}</Badge>}
        <Time at={createdAt} relative />
        <span>{originInWords(dump)}</span>
      </p>
    </li>
  )
}

/** `#/faults/<fingerprint>/worst`: a link for lists that do not know which of the dumps it is. */
export function WorstDump({ fingerprint }: { fingerprint: string }) {
  const { data, error, reload } = useDumpsOf(fingerprint)
  const worst = data && (worstOf(data.dumps) ?? data.dumps[0])
  useEffect(() => {
    // Back leads to the list.
    if (worst) location.replace(href('dumps', worst.id))
  }, [worst?.id])
  if (error !== null) return <Failure error={error} retry={reload} />
  return data && !worst ? <Empty title="There is no such fault" /> : <Loading what="the worst dump" />
}

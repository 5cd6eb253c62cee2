import type { FaultGroup, Faults } from '../api/types.ts'
import { TriggerBadge } from '../dumps/trigger-badge.tsx'
import { href } from '../state/route.ts'
import { Time } from '../ui/time.tsx'
import { FaultBadges, FaultExtent } from './facts.tsx'
import { Spark } from './spark.tsx'

/** Each fault as one row. Apart from the view of all, since the first view has them too. */
export function Rows({ faults, span }: { faults: readonly FaultGroup[]; span: Pick<Faults, 'from' | 'to'> }) {
  return (
    <ul class="fault-rows">
      {faults.map(fault => (
        <FaultRow key={fault.fingerprint} fault={fault} span={span} />
      ))}
    </ul>
  )
}

/** The dumps of one fault: the newest and the worst are one tap away. */
function FaultRow({ fault, span }: { fault: FaultGroup; span: Pick<Faults, 'from' | 'to'> }) {
  const { fingerprint, headline, metric, rule, count, firstAt, lastAt, newest, note, chart } = fault
  return (
    <li class="fault-row">
      <div class="fault-main">
        <a class="fault-title" href={href('faults', fingerprint)} data-row>
          {headline}
        </a>
        <p class="fault-facts">
          <TriggerBadge metric={metric} rule={rule} />
          <FaultBadges fault={fault} />
          <FaultExtent fault={fault} />
        </p>
        <p class="fault-facts">
          <span>
            last <Time at={lastAt} relative />
          </span>
          {count > 1 && (
            <span>
              first <Time at={firstAt} relative />
            </span>
          )}
        </p>
        {note && <p class="fault-note">{note}</p>}
      </div>
      <div class="fault-side">
        <Spark chart={chart} {...span} />
        <p class="fault-ways">
          <a href={href('dumps', newest)}>Newest</a>
          {count > 1 && <a href={href('faults', fingerprint, 'worst')}>Worst</a>}
        </p>
      </div>
    </li>
  )
}

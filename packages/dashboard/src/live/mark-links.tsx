import { href } from '../state/route.ts'
import { formatClock, metricTitle, ruleTitle } from '../ui/format.ts'
import { groupsOf, type Mark, placeOf } from './marks.ts'
import type { Span } from './window.ts'

/** Marks nearer than this part of the width share a link: a thumb could not tell them apart. */
const apart = 0.06

const nameOf = ({ metric, rule }: Mark) =>
  metric === null ? ruleTitle(rule) : `${metricTitle(metric)} ${ruleTitle(rule)}`

/** Dumps as links at their place in time; where several are near each other, to the newest of them with their number. */
export function MarkLinks({ marks, span, tabIndex }: { marks: readonly Mark[]; span: Span; tabIndex?: number }) {
  return (
    <>
      {groupsOf(marks, (span.to - span.from) * apart).map(group => {
        const newest = group.at(-1) ?? group[0]
        const several = group.length > 1 ? `${group.length} dumps, the newest: ` : 'Dump: '
        const words = `${several}${nameOf(newest)} at ${formatClock(newest.at)}. ${newest.summary}`
        return (
          <a
            key={group[0].id}
            class="live-mark"
            tabIndex={tabIndex}
            href={href('dumps', newest.id)}
            style={{ left: `${placeOf(newest.at, span) * 100}%` }}
            title={words}
            aria-label={words}
          >
            {group.length > 1 && <span class="live-count">{group.length}</span>}
          </a>
        )
      })}
    </>
  )
}

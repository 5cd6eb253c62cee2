import '../faults/faults.css'
import { Rows } from '../faults/rows.tsx'
import { useFaults } from '../faults/use-faults.ts'
import { isOpen } from '../faults/words.ts'
import { Live } from '../live/live.tsx'
import { isLoud, saidBy, stateOf, toneOf, wordOf } from '../live/states.ts'
import { status } from '../state/live.ts'
import { href } from '../state/route.ts'
import { isStored } from '../state/session.ts'
import { Badge } from '../ui/badge.tsx'
import { metricTitle } from '../ui/format.ts'
import { Failure, Loading } from '../ui/notes.tsx'
import './home.css'
import { LastDump } from './last-dump.tsx'

/** The trouble of now, or the last one: first the words, then the charts. */
export function Home() {
  return (
    <div class="home">
      <h1 class="sr-only">What is wrong now or was last</h1>
      <WrongNow />
      <LastDump />
      <Faults />
      {!isStored.value && <Live />}
    </div>
  )
}

/** The metrics whose rules fire or are about to, in the words of the rules. */
function WrongNow() {
  const loud = Object.entries(status.value?.metrics ?? {}).filter(([, { rules }]) => isLoud(rules))
  if (loud.length === 0) return null
  return (
    <ul class="home-now" aria-label="Wrong now">
      {loud.map(([metric, { rules }]) => (
        <li key={metric}>
          <Badge tone={toneOf(stateOf(rules))}>{`${metricTitle(metric)}: ${wordOf(stateOf(rules))}`}</Badge>{' '}
          {saidBy(rules)[0]?.words}
        </li>
      ))}
    </ul>
  )
}

/** Rows at home; the others are a tap away. */
const most = 5

function Faults() {
  const { faults, error, reload } = useFaults('')
  if (error !== null && !faults) return <Failure error={error} retry={reload} />
  if (!faults) return isStored.value ? <Loading what="the faults" /> : null
  const open = faults.faults.filter(isOpen)
  if (open.length === 0) return null
  return (
    <section class="home-faults" aria-labelledby="home-faults">
      <header class="home-head">
        <h2 id="home-faults">Faults</h2>
        {faults.faults.length > Math.min(open.length, most) && <a href={href('faults')}>All {faults.faults.length}</a>}
      </header>
      <Rows faults={open.slice(0, most)} span={faults} />
    </section>
  )
}

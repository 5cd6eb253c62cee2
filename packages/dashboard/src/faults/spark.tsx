import type { Faults } from '../api/types.ts'
import { formatDateTime } from '../ui/format.ts'

const [width, height] = [120, 28]

/** How many dumps in each part of the time: bars, as high as the most of them. */
export function Spark({ chart, from, to }: { chart: readonly number[]; from: Faults['from']; to: Faults['to'] }) {
  const most = Math.max(1, ...chart)
  const step = width / chart.length
  const label =
    from && to ? `Dumps from ${formatDateTime(from)} to ${formatDateTime(to)}, at most ${most} at a time` : 'Dumps'
  return (
    <svg
      class="fault-spark"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      {chart.map((count, part) => {
        const size = count === 0 ? 0 : Math.max(3, (count / most) * (height - 2))
        return <rect key={part} x={part * step + 0.5} y={height - size} width={step - 1} height={size} />
      })}
    </svg>
  )
}

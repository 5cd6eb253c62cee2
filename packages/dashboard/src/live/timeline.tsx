import { formatClock } from '../ui/format.ts'
import { MarkLinks } from './mark-links.tsx'
import { type Mark, placeOf } from './marks.ts'
import type { Span } from './window.ts'

interface TimelineProps {
  span: Span
  marks: readonly Mark[]
  captures: readonly Span[]
  blocked: readonly Span[]
}

/** All events within the span, of any metric: dumps, captures, and when the event loop stood still. */
export function Timeline({ span, marks, captures, blocked }: TimelineProps) {
  const place = (piece: Span) => {
    const left = placeOf(piece.from, span)
    return { left: `${left * 100}%`, width: `${(placeOf(piece.to, span) - left) * 100}%` }
  }
  const shown = (pieces: readonly Span[]) => pieces.filter(({ from, to }) => to > span.from && from < span.to)
  return (
    <section class="live-timeline" aria-label="What happened">
      <div class="live-track">
        {shown(captures).map(piece => (
          <span key={piece.from} class="live-capture" style={place(piece)} title="a capture was in progress" />
        ))}
        {shown(blocked).map(piece => (
          <span
            key={piece.from}
            class="live-blocked"
            style={place(piece)}
            title={`the event loop was blocked for ${((piece.to - piece.from) / 1000).toFixed(1)} s`}
          />
        ))}
        <MarkLinks marks={marks} span={span} />
      </div>
      <p class="live-ends">
        <span>{formatClock(span.from)}</span>
        <span>{sayAll(marks.length, shown(blocked).length)}</span>
        <span>{formatClock(span.to)}</span>
      </p>
    </section>
  )
}

function sayAll(dumps: number, blocks: number): string {
  const first = dumps === 0 ? 'no dump' : dumps === 1 ? '1 dump' : `${dumps} dumps`
  return blocks === 0 ? first : `${first}, blocked ${blocks === 1 ? 'once' : `${blocks} times`}`
}

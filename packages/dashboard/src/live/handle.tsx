import { useRef } from 'preact/hooks'
import { keyed, type Range, shareOf, stepOf, valueAt } from './scale.ts'

interface HandleProps {
  name: 'watermark' | 'min' | 'spike'
  /** The name of its setting, for screen readers. */
  label: string
  /** Where the line lies, in the unit of the metric. */
  value: number
  range: Range
  /** The setting in words, e.g. `watermark 80%`. */
  words: string
  /** Dragged to that height. */
  onMove(value: number): void
  /** The value that the slider says and the keys change, where it is not the height itself. */
  slide?: { value: number; step: number; range: Range; onMove(value: number): void }
  /** Held: the range must not move away below the finger. */
  onHold(held: boolean): void
}

/** A line across the chart that can be dragged by its grip, or moved by arrow keys. */
export function Handle({ name, label, value, range, words, onMove, slide, onHold }: HandleProps) {
  const keys = slide ?? { value, step: stepOf(range), range, onMove }
  const line = useRef<HTMLDivElement>(null)
  const isHeld = useRef(false)

  function follow(event: PointerEvent) {
    const area = line.current?.parentElement?.getBoundingClientRect()
    if (area && isHeld.current) onMove(valueAt((event.clientY - area.top) / area.height, range))
  }
  function release() {
    isHeld.current = false
    onHold(false)
  }

  return (
    <div ref={line} class={`tune-line tune-line-${name}`} style={{ top: `${shareOf(value, range) * 100}%` }}>
      <div
        class="tune-grip"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuemin={Math.min(keys.value, keys.range.low)}
        aria-valuemax={Math.max(keys.value, keys.range.high)}
        aria-valuenow={keys.value}
        aria-valuetext={words}
        onPointerDown={event => {
          event.preventDefault()
          event.currentTarget.focus()
          event.currentTarget.setPointerCapture(event.pointerId)
          isHeld.current = true
          onHold(true)
        }}
        onPointerMove={follow}
        onPointerUp={release}
        onPointerCancel={release}
        onKeyDown={event => {
          const next = keyed(event.key, keys.value, keys.step, keys.range)
          if (next === undefined) return
          event.preventDefault()
          keys.onMove(next)
        }}
      >
        {words}
      </div>
    </div>
  )
}

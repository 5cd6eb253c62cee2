import { useEffect, useId, useState } from 'preact/hooks'

interface NumberFieldProps {
  label: string
  value: number | null
  onChange(value: number | null): void
  /** Beside the field, e.g. `%`. */
  unit?: string
  /** The field shows the value divided by it, e.g. 1000 for seconds. */
  scale?: number
  /** It can be off; then this is its value when it is turned on. */
  whenOn?: number
  error?: string
  hint?: string
  whole?: boolean
}

/** A number, and for those that can be off a box to say so. A text that is no number (yet) changes nothing. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, unit, scale = 1, whenOn, error, hint, whole = false } = props
  const id = useId()
  const shown = value === null ? '' : String(Number((value / scale).toPrecision(10)))
  const [text, setText] = useState(shown)
  const isValid = value === null || (text.trim() !== '' && Number.isFinite(Number(text)))
  useEffect(() => {
    if (shown === '' || Number(text) !== Number(shown)) setText(shown)
  }, [shown])

  const trouble = isValid ? error : 'a number is needed'
  return (
    <div class="tune-field">
      <label for={id}>{label}</label>
      <div class="tune-input">
        {whenOn !== undefined && (
          <input
            type="checkbox"
            aria-label={`${label} is on`}
            checked={value !== null}
            onChange={event => onChange(event.currentTarget.checked ? whenOn : null)}
          />
        )}
        <input
          id={id}
          type="number"
          inputMode={whole ? 'numeric' : 'decimal'}
          step={whole ? 1 : 'any'}
          min={0}
          value={text}
          disabled={value === null}
          placeholder={value === null ? 'off' : undefined}
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}-more`}
          onInput={event => {
            const next = event.currentTarget.value
            setText(next)
            if (next.trim() !== '' && Number.isFinite(Number(next)))
              onChange(Number((Number(next) * scale).toPrecision(12)))
          }}
          onBlur={() => {
            if (!isValid) setText(shown)
          }}
        />
        {unit && <span class="tune-unit">{unit}</span>}
      </div>
      <p id={`${id}-more`} class={trouble ? 'tune-error' : 'tune-hint'}>
        {trouble ?? hint}
      </p>
    </div>
  )
}

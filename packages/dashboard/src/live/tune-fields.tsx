import { metricInfo, type Rule, type RuleName, rules, unitSign } from '@autodump/core/rules'
import { ask } from '../api/client.ts'
import type { CaptureEstimate, CaptureKind, Threshold, Unit } from '../api/types.ts'
import { instance } from '../state/instance.ts'
import { kindTitle } from '../ui/format.ts'
import { useLoad } from '../ui/use-load.ts'
import type { Changes } from './draft.ts'
import { NumberField } from './number-field.tsx'

interface TuneFieldsProps {
  proposed: Threshold
  metric: string
  unit: Unit
  /** Well above all that was seen. */
  above: number
  errors: Partial<Record<keyof Threshold, string>>
  onChange(changes: Changes): void
}

const hour = 3600_000

/** How the number of a rule is typed. */
const typed = (measures: Rule['measures'], unit: Unit): { unit: string; scale?: number } => {
  if (measures === 'percent') return { unit: '%' }
  return measures === 'ms' ? { unit: 'h', scale: hour } : { unit: unitSign(unit) }
}

/** Every field of a threshold, to be typed. */
export function TuneFields({ proposed, metric, unit, above, errors, onChange }: TuneFieldsProps) {
  const { min, hold, cooldown } = proposed
  const info = metricInfo(metric)
  const watching = Object.entries(rules).filter(([, { watches }]) => !watches || watches(info)) as [RuleName, Rule][]
  return (
    <div class="tune-fields">
      <label class="tune-check tune-enabled">
        <input
          type="checkbox"
          checked={proposed.enabled}
          onChange={event => onChange({ enabled: event.currentTarget.checked })}
        />
        <span>
          Enabled <small>when off it is sampled, and nothing fires</small>
        </span>
      </label>
      {errors.enabled && <p class="tune-error">{errors.enabled}</p>}
      <div class="tune-numbers">
        {watching.map(([name, { title, hint, measures, whenOn }]) => (
          <NumberField
            key={name}
            label={title}
            value={proposed[name]}
            onChange={value => onChange({ [name]: value })}
            {...typed(measures, unit)}
            whenOn={whenOn ?? above}
            error={errors[name]}
            hint={hint}
          />
        ))}
        <NumberField
          label="Min"
          value={min}
          onChange={value => onChange({ min: value ?? 0 })}
          unit={unitSign(unit)}
          error={errors.min}
          hint="no rule fires below it"
        />
        <NumberField
          label="Hold"
          value={hold}
          onChange={value => onChange({ hold: value ?? 1 })}
          unit={hold === 1 ? 'sample' : 'samples'}
          whole
          error={errors.hold}
          hint="samples in a row that must be over the line"
        />
        <NumberField
          label="Cooldown"
          value={cooldown}
          scale={1000}
          onChange={value => onChange({ cooldown: value ?? 0 })}
          unit="s"
          error={errors.cooldown}
          hint="at least, between two dumps"
        />
      </div>
      <CaptureKinds chosen={proposed.capture} error={errors.capture} onChange={capture => onChange({ capture })} />
    </div>
  )
}

interface CaptureKindsProps {
  chosen: CaptureKind[]
  error: string | undefined
  onChange(kinds: CaptureKind[]): void
}

function CaptureKinds({ chosen, error, onChange }: CaptureKindsProps) {
  const query = { instance: instance.value }
  const { data } = useLoad(
    signal => ask<{ captures: CaptureEstimate[] }>('captures', { query, signal }),
    [instance.value],
  )
  const estimates = data?.captures ?? chosen.map(kind => ({ kind, enabled: true, reason: null, stopsApp: false }))
  return (
    <fieldset class="tune-kinds">
      <legend>What a dump captures</legend>
      {estimates.map(({ kind, enabled, reason, stopsApp }) => {
        const isChosen = chosen.includes(kind)
        return (
          <label key={kind} class="tune-check" title={reason ?? undefined}>
            <input
              type="checkbox"
              checked={isChosen}
              onChange={event =>
                onChange(event.currentTarget.checked ? [...chosen, kind] : chosen.filter(other => other !== kind))
              }
            />
            <span>
              {kindTitle(kind)}
              {!enabled && <small>{reason ?? 'not available here'}</small>}
              {enabled && stopsApp && <small>stops the app</small>}
            </span>
          </label>
        )
      })}
      {(error || chosen.length === 0) && <p class="tune-error">{error ?? 'at least one is needed'}</p>}
    </fieldset>
  )
}

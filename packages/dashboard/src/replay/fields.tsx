import { rules, unitSign } from '@autodump/core/rules'
import type { Threshold, Unit } from '../api/types.ts'
import { NumberField } from '../live/number-field.tsx'
import '../live/tune.css'

interface FieldsProps {
  threshold: Threshold
  unit: Unit
  onChange(changes: Partial<Threshold>): void
}

/** The fields that a sample can be judged by. */
export function Fields({ threshold, unit, onChange }: FieldsProps) {
  const { spike, watermark, min, hold, cooldown } = threshold
  return (
    <div class="tune-numbers">
      <NumberField
        label={rules.spike.title}
        value={spike}
        onChange={value => onChange({ spike: value })}
        unit="%"
        whenOn={rules.spike.whenOn ?? 25}
        hint={rules.spike.hint}
      />
      <NumberField
        label={rules.watermark.title}
        value={watermark}
        onChange={value => onChange({ watermark: value })}
        unit={unitSign(unit)}
        whenOn={80}
        hint={rules.watermark.hint}
      />
      <NumberField
        label="Min"
        value={min}
        onChange={value => onChange({ min: value ?? 0 })}
        unit={unitSign(unit)}
        hint="no rule fires below it"
      />
      <NumberField
        label="Hold"
        value={hold}
        onChange={value => onChange({ hold: value ?? 1 })}
        unit={hold === 1 ? 'sample' : 'samples'}
        whole
        hint="samples in a row that must be over the line"
      />
      <NumberField
        label="Cooldown"
        value={cooldown}
        scale={1000}
        onChange={value => onChange({ cooldown: value ?? 0 })}
        unit="s"
        hint="at least, between two dumps"
      />
    </div>
  )
}

import { computed } from '@preact/signals'
import { theme } from '../state/theme.ts'

const inks = [
  'value',
  'mean',
  'band',
  'edge',
  'quietBand',
  'quietEdge',
  'surface',
  'watermark',
  'min',
  'grid',
  'text',
  'capture',
  'blocked',
  'mark',
  'now',
] as const

/** The colours of a chart, as a canvas takes them. */
export type Palette = Record<(typeof inks)[number], string> & { font: string }

/** From the custom properties `--live-…`, computed anew when the theme changes. */
export const palette = computed<Palette>(() => {
  theme.value
  // A canvas does not know custom properties, `light-dark()` and the like: an element works out their values.
  const probe = document.createElement('i')
  probe.className = 'live-ink'
  // Where motion is reduced all elements have a transition, however short: each colour would still be read as the one before.
  probe.style.transitionProperty = 'none'
  document.body.append(probe)
  const style = getComputedStyle(probe)
  const colors = inks.map((ink): [string, string] => {
    probe.style.color = `var(--live-${ink})`
    return [ink, style.color]
  })
  const font = `11px ${style.fontFamily}`
  probe.remove()
  return { ...Object.fromEntries(colors), font } as Palette
})

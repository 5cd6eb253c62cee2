import type uPlot from 'uplot'
import type { Palette } from './palette.ts'
import type { Span } from './window.ts'

/** A level across the chart, in the unit of the metric. */
export interface Level {
  value: number
  label: string
  ink: 'watermark' | 'min'
}

/** The layers over or under the lines. */
export interface Overlay {
  levels: readonly Level[]
  captures: readonly Span[]
  blocked: readonly Span[]
  /** Upright lines: `strong` for the subject of the chart. */
  marks: readonly { at: number; tone: 'strong' | 'faint' | 'now' }[]
}

/** Under the lines: when a capture was in progress, and (hatched) when the event loop stood still. */
export function drawSpans(u: uPlot, { captures, blocked }: Overlay, palette: Palette): void {
  const { ctx } = u
  ctx.save()
  for (const span of captures) {
    const box = boxOf(u, span)
    if (!box) continue
    ctx.fillStyle = palette.capture
    ctx.fillRect(...box)
  }
  for (const span of blocked) {
    const box = boxOf(u, span)
    if (box) hatch(ctx, box, palette.blocked)
  }
  ctx.restore()
}

/** Over the lines: the levels with their labels, and the marks. */
export function drawLevelsAndMarks(u: uPlot, { levels, marks }: Overlay, palette: Palette): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (const { at, tone } of marks) {
    const x = Math.round(u.valToPos(at, 'x', true))
    ctx.strokeStyle = tone === 'now' ? palette.now : palette.mark
    ctx.globalAlpha = tone === 'faint' ? 0.3 : 1
    ctx.lineWidth = (tone === 'strong' ? 1.5 : 1) * ratio
    ctx.setLineDash(tone === 'now' ? [2 * ratio, 3 * ratio] : [])
    stroke(ctx, x, bbox.top, x, bbox.top + bbox.height)
  }
  ctx.globalAlpha = 1
  const high = u.scales.y?.max ?? 0
  for (const { value, label, ink } of levels) {
    const isAbove = value > high
    const y = isAbove ? bbox.top + ratio : Math.round(u.valToPos(value, 'y', true))
    ctx.strokeStyle = palette[ink]
    ctx.lineWidth = (ink === 'watermark' ? 1.5 : 1) * ratio
    ctx.setLineDash(ink === 'watermark' ? [6 * ratio, 4 * ratio] : [1.5 * ratio, 3 * ratio])
    if (isAbove && ink === 'min') continue
    if (!isAbove) stroke(ctx, bbox.left, y, bbox.left + bbox.width, y)
    write(u, isAbove ? `↑ ${label}` : label, y, ink, palette)
  }
  ctx.restore()
}

/** At the right end, above the line where there is room, else below. */
function write(u: uPlot, text: string, y: number, ink: Level['ink'], { font, surface, [ink]: color }: Palette): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  const size = Number.parseFloat(font) * ratio
  const isRoom = y - bbox.top > size * 1.5
  ctx.font = font.replace(/^[\d.]+px/, `${size}px`)
  ctx.fillStyle = color
  ctx.textAlign = 'right'
  ctx.textBaseline = isRoom ? 'bottom' : 'top'
  const place = [bbox.left + bbox.width - 3 * ratio, isRoom ? y - 2 * ratio : y + 3 * ratio] as const
  // A halo, since it may lie on other lines.
  ctx.strokeStyle = surface
  ctx.lineWidth = 4 * ratio
  ctx.lineJoin = 'round'
  ctx.setLineDash([])
  ctx.strokeText(text, ...place)
  ctx.fillText(text, ...place)
}

type Box = [left: number, top: number, width: number, height: number]

/** In canvas pixels, at least two wide; `undefined` outside of the shown range. */
function boxOf(u: uPlot, { from, to }: Span): Box | undefined {
  const { left, top, width, height } = u.bbox
  const start = Math.max(left, u.valToPos(from, 'x', true))
  const end = Math.min(left + width, u.valToPos(to, 'x', true))
  return end < start ? undefined : [start, top, Math.max(2 * devicePixelRatio, end - start), height]
}

function hatch(ctx: CanvasRenderingContext2D, [left, top, width, height]: Box, color: string): void {
  const ratio = devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, top, width, height)
  ctx.clip()
  ctx.strokeStyle = color
  ctx.lineWidth = ratio
  ctx.beginPath()
  for (let x = left - height; x < left + width; x += 6 * ratio) {
    ctx.moveTo(x, top + height)
    ctx.lineTo(x + height, top)
  }
  ctx.stroke()
  ctx.restore()
}

function stroke(ctx: CanvasRenderingContext2D, ...[x1, y1, x2, y2]: Box): void {
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x2, y2)
  ctx.stroke()
}

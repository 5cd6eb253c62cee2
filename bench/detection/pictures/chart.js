const width = 760
const height = 260
const left = 52
const right = 12
const top = 34
const bottom = 30

/**
 * A small line chart as SVG text, the same bytes for the same figures.
 *
 * @param {object} picture
 * @param {string} picture.title
 * @param {string} picture.x what the x axis counts
 * @param {{ name: string, color: string, values: (number | null)[], style?: 'dashed' | 'dots' }[]} picture.lines
 * @param {{ name: string, color: string, low: (number | null)[], high: (number | null)[] }} [picture.band]
 * @param {[from: number, to: number]} [picture.window] shaded: what was labelled as an anomaly
 * @param {number[]} picture.fired indexes at which the rule fired
 * @param {number} [picture.start] what the first index is called on the axis
 */
export function chart({ title, x, lines, band, window, fired, start = 0 }) {
  const count = lines[0].values.length
  const all = [...lines.flatMap(({ values }) => values), ...(band?.high ?? [])].filter(value => value !== null)
  const most = niceAbove(Math.max(...all))
  const px = index => (left + (index / (count - 1)) * (width - left - right)).toFixed(1)
  const py = value => (height - bottom - (value / most) * (height - top - bottom)).toFixed(1)
  const points = values => values.flatMap((value, index) => (value === null ? [] : [`${px(index)},${py(value)}`]))

  const ticks = [0, 1, 2, 3, 4].map(part => (most * part) / 4)
  const marks = [0, 1, 2, 3, 4, 5].map(part => Math.round(((count - 1) * part) / 5))
  const legend = [...(band ? [band] : []), ...lines, { name: 'fires', color: '#c0392b' }]
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...(window ? [shaded(px(window[0]), px(window[1]))] : []),
    ...ticks.map(
      tick =>
        `<path d="M${left},${py(tick)}H${width - right}" stroke="#e5e5e5"/><text x="${left - 6}" y="${py(tick)}" dy="4" text-anchor="end" fill="#555">${short(tick)}</text>`,
    ),
    ...marks.map(
      mark =>
        `<text x="${px(mark)}" y="${height - 16}" text-anchor="${mark === count - 1 ? 'end' : 'middle'}" fill="#555">${start + mark}</text>`,
    ),
    `<text x="${width - right}" y="${height - 3}" text-anchor="end" fill="#555">${x}</text>`,
    ...(band
      ? [
          `<polygon points="${[...points(band.high), ...points(band.low).reverse()].join(' ')}" fill="${band.color}" fill-opacity="0.35"/>`,
        ]
      : []),
    ...lines.map(line => drawn(line, points(line.values))),
    ...fired.map(index => mark(px(index), py(lines[0].values[index] ?? 0))),
    ...legend.map(({ name, color }, index) => entry(left + index * 138, name, color)),
    '</svg>',
  ].join('\n')}\n`
}

const shaded = (from, to) =>
  `<rect x="${from}" y="${top}" width="${(to - from).toFixed(1)}" height="${height - top - bottom}" fill="#fff4d6"/>`

const mark = (x, y) =>
  `<path d="M${x},${top}V${height - bottom}" stroke="#c0392b" stroke-dasharray="2 3"/><circle cx="${x}" cy="${y}" r="4.5" fill="none" stroke="#c0392b" stroke-width="2"/>`

function drawn({ color, style }, points) {
  if (style === 'dots')
    return points
      .map(point => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3" fill="${color}"/>`)
      .join('')
  const dash = style === 'dashed' ? ' stroke-dasharray="5 4"' : ''
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="1.4"${dash}/>`
}

const entry = (x, name, color) =>
  `<rect x="${x}" y="10" width="11" height="11" fill="${color}"/><text x="${x + 16}" y="20" fill="#222">${name}</text>`

function niceAbove(value) {
  const step = 10 ** Math.floor(Math.log10(value)) / 2
  return Math.ceil(value / step) * step
}

const short = value => (value >= 1e6 ? `${value / 1e6}M` : String(Number(value.toPrecision(3))))

import { useMemo } from 'preact/hooks'
import { formatBytes } from '../ui/format.ts'
import { Failure } from '../ui/notes.tsx'
import { compareFigures } from './figures.ts'
import { classFigures, type Held, holderFigures, holdersVerdict, oneSided } from './holding.ts'
import { FigureTable } from './table.tsx'

interface Props {
  a: readonly Held[]
  b: readonly Held[]
  /** How A and B are called within a sentence. */
  words: [string, string]
}

/** Who holds the memory on both sides: the verdict, the holders, the classes. */
export function BothHeld({ a, b, words }: Props) {
  const compared = useMemo(() => comparedOf(a, b, words), [a, b, ...words])
  if (compared instanceof Error) return <Failure error={compared} />
  if (typeof compared === 'string') return <p class="muted">{compared}</p>
  const { verdict, holders, classes } = compared
  const of = a.length > 1 || b.length > 1 ? ', the most of them in one dump' : ''
  return (
    <>
      <p class="compare-verdict">{verdict}</p>
      <FigureTable
        caption={`Bytes that only this object keeps alive${of}. "–": not among the twenty largest there.`}
        what="Holder"
        rows={holders}
        format={formatBytes}
        marksNew
      />
      <FigureTable
        caption={`Bytes of all objects of a class${of}.`}
        what="Class"
        rows={classes}
        format={formatBytes}
        marksNew
      />
    </>
  )
}

function comparedOf(a: readonly Held[], b: readonly Held[], words: [string, string]) {
  try {
    if (a.length === 0 || b.length === 0) return oneSided(a, b, words)
    const holders = compareFigures(holderFigures(a), holderFigures(b))
    const classes = compareFigures(classFigures(a), classFigures(b))
    return { verdict: holdersVerdict(holders, words), holders, classes }
  } catch {
    return new Error('one of the files does not say who holds the memory')
  }
}

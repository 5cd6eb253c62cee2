import type { FramesEvidence, FrameVariable, StuckFrame } from '@autodump/core'
import { shortFile } from '../compare/profiles.ts'

/** A variable over all reads. */
export interface VariableRow {
  name: string
  kind: string
  size: string
  /** The values of a number, one where it did not move; the beginning of a string, if the file has it. */
  values: string[]
}

export const placeOf = ({ url, line, runningLine }: StuckFrame) =>
  `${shortFile(url)}:${line}${runningLine === line ? '' : `, at line ${runningLine}`}`

/** The frames of the first read, with the additions of later reads. */
export function frameRows({ reads }: FramesEvidence): { frame: StuckFrame; rows: VariableRow[] }[] {
  const [first, ...later] = reads
  return (first?.frames ?? []).map(frame => {
    const same = later.flatMap(({ frames }) => frames.find(isSame(frame)) ?? [])
    return { frame, rows: frame.variables.map(variable => rowOf(variable, same)) }
  })
}

const isSame = (one: StuckFrame) => (other: StuckFrame) =>
  one.name === other.name && one.url === other.url && one.line === other.line && one.column === other.column

const isMissed = ({ kind }: FrameVariable) => kind === 'unknown' || kind === 'undefined'

function rowOf(variable: FrameVariable, later: StuckFrame[]): VariableRow {
  const all = [
    variable,
    ...later.flatMap(({ variables }) => variables.find(({ name }) => name === variable.name) ?? []),
  ]
  const known = all.filter(one => !isMissed(one))
  const [{ kind, class: className, size } = variable] = known
  return {
    name: variable.name,
    kind: className ?? (kind === 'unknown' ? 'optimised away' : kind),
    size: size === undefined ? '' : size.toLocaleString('en'),
    values: [...new Set(known.flatMap(({ value, text }) => (value === undefined ? (text ?? []) : [shown(value)])))],
  }
}

const shown = (value: NonNullable<FrameVariable['value']>) =>
  typeof value === 'number' ? value.toLocaleString('en') : String(value)

/** The kinds of evidence, in the order in which a dump lists them. */
export const captureKinds = [
  'cpu-profile',
  'requests',
  'async-stacks',
  'async-wait',
  'heap-profile',
  'heap-snapshot',
  'trace',
  'report',
] as const

export type CaptureKind = (typeof captureKinds)[number]

/** Whether a kind of evidence may be captured at all: the option `captures`, which no request and no threshold lifts. */
export type CaptureSwitches = Record<CaptureKind, boolean>

/** Why a kind of evidence cannot be had in this process, by kind. */
export type Without = Partial<Record<CaptureKind, string>>

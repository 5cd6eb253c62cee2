/** All about a kind of evidence but how it is captured (`monitor/captures/`) and what it says (`analysis/`). */
interface EvidenceKind {
  /** For people. */
  title: string
  /** The same within a sentence. */
  inSentence: string
  /** It measures for as long as it is told to. */
  lasts?: true
  /** The app thread stands still for it, so it begins when those that measure that thread over time have ended. */
  stopsApp?: true
  opensWith: readonly string[]
  /** Its files can be had as pprof. */
  pprof?: true
  /** How the dashboard shows its main file: by a view for several kinds, or by one of its own. */
  shownBy: 'flame' | 'heap-snapshot' | 'own view' | 'plain'
  /** Titles of the findings that name a culprit. */
  culprits?: Readonly<Record<string, string>>
  /** Titles of the findings that only describe. */
  background?: Readonly<Record<string, string>>
}

const profileViewers = ['Chrome DevTools', 'VS Code', 'speedscope'] as const

/** The kinds of evidence, in the order in which a dump lists them. */
export const evidenceKinds = {
  'cpu-profile': {
    title: 'CPU profile',
    inSentence: 'CPU profile',
    lasts: true,
    opensWith: profileViewers,
    pprof: true,
    shownBy: 'flame',
    culprits: {
      culprit: 'Culprit',
      spin: 'Event loop without a wait',
      'hot-path': 'Time in many functions',
      'hot-function': 'Functions that took the time',
      'hot-before': 'Before the trigger',
    },
    background: {
      'gc-share': 'Garbage collection',
      'idle-before': 'Idle before the trigger',
      idle: 'Idle during the capture',
    },
  },
  requests: {
    title: 'Requests',
    inSentence: 'table of requests',
    opensWith: ['the dashboard', 'jq'],
    shownBy: 'own view',
    culprits: { 'request-group': 'Requests in flight', 'outbound-group': 'What is waited for outside' },
    background: { trace: 'Trace' },
  },
  frames: {
    title: 'Variables of the stuck functions',
    inSentence: 'variables of the stuck functions',
    lasts: true,
    opensWith: ['the dashboard', 'jq'],
    shownBy: 'own view',
    culprits: { 'stuck-frame': 'What the stuck functions held' },
    background: { 'frames-left-out': 'Variables of the stuck functions' },
  },
  'async-stacks': {
    title: 'Async stacks',
    inSentence: 'async stacks',
    stopsApp: true,
    opensWith: ['the dashboard', 'speedscope'],
    shownBy: 'own view',
    culprits: { 'waiting-function': 'Async functions that wait' },
  },
  'async-wait': {
    title: 'Async wait',
    inSentence: 'async-wait profile',
    lasts: true,
    opensWith: ['speedscope', 'Chrome DevTools'],
    pprof: true,
    shownBy: 'flame',
    culprits: { 'long-wait': 'Long waits' },
  },
  'heap-profile': {
    title: 'Heap profile',
    inSentence: 'heap profile',
    lasts: true,
    opensWith: profileViewers,
    pprof: true,
    shownBy: 'flame',
    culprits: { allocator: 'Functions that hold the memory' },
  },
  'heap-snapshot': {
    title: 'Heap snapshot',
    inSentence: 'heap snapshot',
    stopsApp: true,
    opensWith: ['Chrome DevTools', 'memlab'],
    shownBy: 'heap-snapshot',
  },
  holders: {
    title: 'Holders',
    inSentence: 'analysis of who holds the heap',
    stopsApp: true,
    opensWith: ['the dashboard', 'jq'],
    shownBy: 'own view',
    culprits: { holder: 'What keeps the memory alive' },
    background: {
      'grown-classes': 'Classes that grew',
      'duplicate-strings': 'Duplicate strings',
      'sliced-strings': 'Strings kept by a slice',
      detached: 'Detached objects',
    },
  },
  trace: {
    title: 'Trace',
    inSentence: 'trace',
    lasts: true,
    opensWith: ['Perfetto', 'chrome://tracing'],
    shownBy: 'own view',
  },
  report: {
    title: 'Report',
    inSentence: 'report',
    opensWith: ['the dashboard', 'jq'],
    shownBy: 'own view',
  },
} as const satisfies Record<string, EvidenceKind>

export type CaptureKind = keyof typeof evidenceKinds

/** The names that have that field, with that value. */
export type KindsWith<Field extends object> = {
  [Kind in CaptureKind]: (typeof evidenceKinds)[Kind] extends Field ? Kind : never
}[CaptureKind]

export const captureKinds = Object.keys(evidenceKinds) as readonly CaptureKind[]

/** The words for each kind. */
export const evidenceKind = (kind: CaptureKind): EvidenceKind => evidenceKinds[kind]

/** Whether a kind of evidence may be captured at all: the option `captures`, which no request and no threshold lifts. */
export type CaptureSwitches = Record<CaptureKind, boolean>

/** Why a kind of evidence cannot be had in this process, by kind. */
export type Without = Partial<Record<CaptureKind, string>>

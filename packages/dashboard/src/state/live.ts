import { computed, effect, signal } from '@preact/signals'
import type { CapturingDump, Decision, Sample, Status } from '../api/types.ts'
import { now, serverSaid, skew } from './clock.ts'
import { conditionOf, stored } from './condition.ts'
import { followInstance } from './follow-instance.ts'
import { followOwn } from './follow-own.ts'
import { instance } from './instance.ts'
import type { LiveEvents } from './live-events.ts'
import { appended } from './samples.ts'
import { isStored } from './session.ts'

/** The answer of `GET /status`, kept current; `null` until it was heard. */
export const status = signal<Status | null>(null)
/** Of the last hour, oldest first. */
export const samples = signal<Sample[]>([])
/** Milliseconds between samples. */
export const interval = signal(1000)
/** The dump that is being captured. */
export const capture = signal<CapturingDump | null>(null)
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting')
/** Epoch milliseconds (of the browser) of the last sign of life. */
const lastHeard = signal(Date.now())
/** Milliseconds for which nothing was heard; 0 while the connection is well, or has only just been lost. */
const silentFor = computed(() => {
  if (connection.value !== 'lost') return 0
  const since = now.value - skew.value - lastHeard.value
  return since > 2000 ? since : 0
})
/** Of the process that is shown. */
export const pid = computed(() => status.value?.pid ?? null)
/** How the process is, in words. */
export const condition = computed(() =>
  isStored.value ? stored : conditionOf({ status: status.value, capture: capture.value, silentFor: silentFor.value }),
)
/** The newest first, at most 50. */
export const recentDecisions = signal<Decision[]>([])
/** Grows whenever a dump came, went or was changed. Each change of one adds to it. */
export const dumpsChanged = signal(0)

const ears: LiveEvents = {
  onStatus(news) {
    heard()
    const before = status.peek()
    if (before && before.pid !== news.pid) forget()
    if (before && !sameDumps(before.dumps, news.dumps)) dumpsChanged.value++
    status.value = news
    interval.value = news.interval
    capture.value = news.capture
    if (news.sample) ears.onSamples([news.sample])
  },
  onSamples(news, every) {
    heard()
    const last = news.at(-1)
    if (every === undefined && last) serverSaid(last.at)
    if (every !== undefined) interval.value = every
    samples.value = appended(samples.peek(), news)
    const known = status.peek()
    if (known && last && last.at > (known.sample?.at ?? 0))
      status.value = { ...known, sample: last, blockedFor: last.blockedFor ?? 0 }
  },
  onDecision(decision) {
    heard()
    recentDecisions.value = [decision, ...recentDecisions.peek()].slice(0, 50)
    const known = status.peek()
    const metric = known?.metrics[decision.metric]
    if (!known || !metric) return
    const { value, mean, deviation, history, rules } = decision
    const metrics = { ...known.metrics, [decision.metric]: { ...metric, value, mean, deviation, history, rules } }
    status.value = { ...known, metrics }
  },
  onCapture(dump) {
    heard()
    capture.value = dump
  },
  onDump() {
    heard()
    dumpsChanged.value++
  },
  onConnection(state) {
    connection.value = state
  },
}

const sameDumps = (a: Status['dumps'], b: Status['dumps']) => a.count === b.count && a.last?.id === b.last?.id

function heard(): void {
  lastHeard.value = Date.now()
  connection.value = 'open'
}

/** Milliseconds between two looks for new dumps where no process tells of them. */
const lookEvery = 60_000

/** While somebody sees the page. Returns how to end it. */
export function lookForNew(): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') dumpsChanged.value++
  }, lookEvery)
  return () => clearInterval(timer)
}

let stop = () => {}

/** Follows the process that is chosen, and another one as soon as that is chosen. */
export function startLive(): void {
  stop()
  let unfollow = () => {}
  const dispose = effect(() => {
    const chosen = instance.value
    unfollow()
    forget()
    unfollow = chosen ? followInstance(chosen, ears) : followOwn(ears)
  })
  stop = () => {
    dispose()
    unfollow()
  }
}

export function stopLive(): void {
  stop()
  stop = () => {}
}

function forget(): void {
  status.value = null
  samples.value = []
  capture.value = null
  recentDecisions.value = []
  connection.value = 'connecting'
  lastHeard.value = Date.now()
}

import { ask, urlOf } from '../api/client.ts'
import type { Samples, Status } from '../api/types.ts'
import type { LiveEvents } from './live-events.ts'
import { loadSession } from './session.ts'
import { patience } from './watchdog.ts'

/** Milliseconds between two questions for the status: the reasons in it have the figures of each sample. */
const statusEvery = 2000
/** Milliseconds before another stream is opened where the browser has given up, or the one there is says nothing. */
const again = 3000
/** Milliseconds after which a hidden page closes its stream: a server has few, and a browser too. */
const restAfter = 60_000

/**
 * Follows the process that answers, by `/stream`. A stream that falls silent is not at once another stream: while the app
 * thread is blocked nobody would answer that either, and the first one goes on by itself.
 */
export function followOwn(ears: LiveEvents): () => void {
  const ended = new AbortController()
  const { signal } = ended
  let stream: EventSource
  let interval = 1000
  let lastAt = 0
  let lastStatus = 0
  let dog = watch()
  let rest: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  function watch() {
    return patience(() => interval, { onSilence: () => ears.onConnection('lost'), onLongSilence: () => open() })
  }

  function onVisibility(): void {
    clearTimeout(rest)
    if (document.visibilityState === 'hidden') rest = setTimeout(close, restAfter)
    else if (stream.readyState === EventSource.CLOSED) {
      close()
      dog = watch()
      ears.onConnection('connecting')
      open()
    }
  }

  function close(): void {
    clearTimeout(retry)
    dog.stop()
    stream.close()
  }

  function open(): void {
    clearTimeout(retry)
    stream?.close()
    stream = new EventSource(urlOf('stream'))
    stream.onerror = () => {
      ears.onConnection('lost')
      if (stream.readyState === EventSource.CLOSED) giveUp()
    }
    on<Status>('status', news => {
      interval = news.interval
      ears.onStatus(news)
      void catchUp()
    })
    on<Samples['samples'][number]>('sample', sample => {
      lastAt = sample.at
      ears.onSamples([sample])
      void refreshStatus()
    })
    on<Parameters<LiveEvents['onDecision']>[0]>('decision', ears.onDecision)
    on<Parameters<LiveEvents['onCapture']>[0]>('capture', ears.onCapture)
    on('dump', () => ears.onDump())
  }

  function on<T>(name: string, listener: (data: T) => void): void {
    stream.addEventListener(name, event => {
      dog.heard()
      listener(JSON.parse((event as MessageEvent<string>).data))
    })
  }

  /** The server refused: perhaps the login is over, perhaps the process is being replaced. */
  function giveUp(): void {
    void loadSession()
    clearTimeout(retry)
    retry = setTimeout(open, again)
  }

  /** The samples from before we listened, or from a gap. */
  async function catchUp(): Promise<void> {
    const past = await ask<Samples>('samples', { query: { since: lastAt || undefined }, signal }).catch(() => null)
    if (!past || signal.aborted) return
    interval = past.interval
    ears.onSamples(past.samples, past.interval)
  }

  async function refreshStatus(): Promise<void> {
    if (document.visibilityState !== 'visible' || Date.now() - lastStatus < statusEvery) return
    lastStatus = Date.now()
    const news = await ask<Status>('status', { signal }).catch(() => null)
    if (news && !signal.aborted) ears.onStatus(news)
  }

  open()
  document.addEventListener('visibilitychange', onVisibility, { signal })
  return () => {
    ended.abort()
    clearTimeout(rest)
    close()
  }
}

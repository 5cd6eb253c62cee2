import { connect } from 'node:net'
import type { Options } from '@autodump/core'
import type { RunningServer } from '../support.js'

export interface Scenario {
  number: number
  title: string
  /** Milliseconds between samples; everything else is the default. */
  interval: number
  execArgv?: string[]
  env?: Record<string, string>
  /** Rules that it needs beside the defaults. */
  thresholds?: NonNullable<Options['thresholds']>
  /** The limit of open files. */
  openFiles?: number
  /** Makes it go wrong. What it returns is called at the end. */
  fault(server: RunningServer): Promise<() => void>
  /** The same load when nothing is wrong; the usual traffic runs in both. */
  healthy?: {
    path: string
    rate: number
    env?: Record<string, string>
    /** More of it. What it returns is called at the end. */
    load?(server: RunningServer): () => void
  }
  /** What `summary.text` must contain. */
  named: RegExp[]
  /** Seconds that the dump may take, from the fault on. */
  within: number
  /** The process dies of it. */
  deadly?: boolean
  /** What goes wrong. In those that wait the CPU has little to do, so they run side by side. */
  family: 'cpu' | 'memory' | 'waiting'
  /** Stands for its family where there is little time. */
  quick?: boolean
}

/** Fires requests and forgets them. */
export function storm(server: RunningServer, path: (index: number) => string, count: number): () => void {
  const abort = new AbortController()
  for (let index = 0; index < count; index++)
    fetch(server.base + path(index), { signal: abort.signal }).then(
      response => response.text().catch(() => {}),
      () => {},
    )
  return () => abort.abort()
}

/** Clients that listen to events, until stopped. */
export function openStreams(server: RunningServer, count: number): () => void {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(Number(new URL(server.base).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n')
    return socket
  })
  return () => {
    for (const socket of sockets) socket.destroy()
  }
}

/** One request after the other, at most `perSecond`, until stopped. */
export function repeat(server: RunningServer, path: string, perSecond: number): () => void {
  const timer = setInterval(
    () =>
      fetch(server.base + path)
        .then(
          response => response.text(),
          () => {},
        )
        .catch(() => {}),
    1000 / perSecond,
  )
  return () => clearInterval(timer)
}

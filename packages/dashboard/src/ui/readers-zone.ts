import type { Manifest } from '../api/types.ts'
import { formatClock, formatDateTime } from './format.ts'

const moment = /(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d:\d\d) UTC/g
const day = 86_400_000

/**
 * Sentences of a dump name moments in UTC, since files are read anywhere. The page has one time zone: the reader's.
 *
 * @param near epoch milliseconds of the dump: a time without a date is the one closest to it
 */
export function inReadersZone(text: string, near: number): string {
  return text.replace(moment, (said, date: string | undefined, time: string) => {
    const at = date ? Date.parse(`${date}T${time}Z`) : closest(time, near)
    if (!Number.isFinite(at)) return said
    return date ? formatDateTime(at) : formatClock(at)
  })
}

function closest(time: string, near: number): number {
  const today = Date.parse(`${new Date(near).toISOString().slice(0, 10)}T${time}Z`)
  return [today - day, today, today + day].reduce((a, b) => (Math.abs(a - near) <= Math.abs(b - near) ? a : b))
}

/** A dump as the page shows it: all that it says, with times of the reader's zone. */
export function dumpInReadersZone<T extends Manifest>(dump: T): T {
  const near = Date.parse(dump.createdAt)
  const said = (text: string) => inReadersZone(text, near)
  const { trigger, summary } = dump
  const { headline } = summary
  return {
    ...dump,
    trigger: { ...trigger, reason: said(trigger.reason) },
    summary: {
      ...(headline !== undefined && { headline: said(headline) }),
      text: said(summary.text),
      // The last words are output of the app.
      findings: summary.findings.map(one => (one.kind === 'last-words' ? one : { ...one, text: said(one.text) })),
    },
  }
}

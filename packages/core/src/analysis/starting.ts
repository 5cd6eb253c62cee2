import { duration } from '../lib/units.js'
import type { Finding } from '../model/manifest.js'
import type { Start } from '../model/start.js'

/** Milliseconds. A program that is older and never listened or rested does its work like that. */
const soon = 300_000

/** That the program is still starting, if it is. */
export function findStart(start: Start | null): Finding[] {
  if (!start || start.ms > soon) return []
  const text = `the program is still starting: in the ${duration(start.ms)} since it began it has neither listened nor come to rest`
  return [{ kind: 'starting', text, data: { ms: Math.round(start.ms) } }]
}

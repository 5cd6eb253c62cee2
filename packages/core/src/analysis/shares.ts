import type { CpuProfile } from '../model/cpu-profile.js'
import { mostShareBytes, mostShares, type SharesDigest } from '../model/shares.js'
import { createCallTree, isIdle } from './call-tree.js'
import { addTimes } from './cpu.js'
import { asItIs, type OriginalOf } from './places.js'

/** Milliseconds of one function. */
export interface FunctionCost {
  name: string
  file: string
  line: number
  /** In itself and in the runtime functions that it called. */
  ownMs: number
  /** With everything that it called. */
  totalMs: number
}

export interface ProfileCosts {
  /** Milliseconds of the whole profile, and those on the CPU. */
  ms: number
  busyMs: number
  /** Functions of the app and of its packages, the most expensive first. */
  functions: FunctionCost[]
}

/** The cost of each function of a CPU profile. Functions of Node count for the ones that called them. */
export function costsOf(profile: CpuProfile, cwd: string, originalOf: OriginalOf = asItIs): ProfileCosts {
  const tree = createCallTree(profile, cwd, originalOf)
  addTimes(tree)
  const functions = tree.frames
    .filter(({ owner, totalMs }) => (owner === 'app' || owner === 'package') && totalMs > 0)
    .map(({ name, file, line, ownMs, totalMs }) => ({ name, file, line, ownMs, totalMs }))
    .sort((a, b) => b.ownMs - a.ownMs)
  const busyMs = profile.nodes.reduce((sum, node) => sum + (isIdle(node) ? 0 : tree.selfMs(node)), 0)
  return { ms: (profile.endTime - profile.startTime) / 1000, busyMs, functions }
}

/** Adds the costs of profiles up, for one digest. */
export function createShares() {
  const costs = new Map<string, FunctionCost>()
  let busyMs = 0
  return {
    add(profile: CpuProfile, cwd: string): void {
      const added = costsOf(profile, cwd)
      busyMs += added.busyMs
      for (const one of added.functions) {
        if (one.ownMs === 0) continue
        const key = `${one.name}\0${one.file}\0${one.line}`
        const known = costs.get(key)
        if (known) known.ownMs += one.ownMs
        else if (costs.size < 20 * mostShares) costs.set(key, one)
      }
    },
    busyMs: () => busyMs,
    /** The digest as JSON: the most expensive functions, as many as there is room for. */
    digest(about: Omit<SharesDigest, 'format' | 'functions' | 'busyMs'>): string {
      const functions = [...costs.values()]
        .sort((a, b) => b.ownMs - a.ownMs)
        .slice(0, mostShares)
        .map(({ name, file, line, ownMs }): SharesDigest['functions'][number] => [
          name.slice(0, 200),
          file.slice(-300),
          line,
          Math.round(ownMs * 10) / 10,
        ])
      for (;;) {
        const text = JSON.stringify({ format: 1, ...about, busyMs: Math.round(busyMs), functions })
        if (Buffer.byteLength(text) <= mostShareBytes || functions.length === 0) return text
        functions.length -= Math.ceil(functions.length / 20)
      }
    },
  }
}

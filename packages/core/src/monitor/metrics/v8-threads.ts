import { readdirSync, readFileSync } from 'node:fs'
import { readThreadTimes } from './cpu-threads.js'

/** Where the threads of a process are listed, and how their files are read. */
export interface Tasks {
  list(): string[]
  read(path: string): string
}

const ownTasks: Tasks = {
  list: () => readdirSync('/proc/self/task'),
  read: path => readFileSync(path, 'latin1'),
}

/** Node starts as many unless it is told otherwise. */
const usualPool = 4

/**
 * CPU time so far of V8's helper threads, which collect garbage and compile for the others, in milliseconds; `null`
 * anywhere but on Linux. Node 24 and later name them. Before, they are the threads that Node starts first: one that waits
 * for the time of delayed tasks, and the pool.
 *
 * @param flags of Node and V8
 */
export function createHelperReader(flags = nodeFlags(), tasks = ownTasks, pid = process.pid): () => number | null {
  const [, size = usualPool] = /--v8[-_]pool[-_]size[= ](\d+)/.exec(flags) ?? []
  let helpers: string[] | undefined

  function find(): string[] {
    const ids = tasks
      .list()
      .filter(id => Number(id) !== pid)
      .sort((a, b) => Number(a) - Number(b))
    const named = ids.filter(id => nameOf(id).includes('V8Worker'))
    return named.length > 0 ? named : ids.slice(0, 1 + Number(size))
  }

  function nameOf(id: string): string {
    try {
      return tasks.read(`/proc/self/task/${id}/comm`)
    } catch {
      return '' // It has ended.
    }
  }

  return () => {
    try {
      helpers ??= find()
    } catch {
      return null
    }
    const times = helpers.map(id => readThreadTimes(`self/task/${id}`, tasks.read))
    return times.some(one => one !== null) ? times.reduce((sum, one) => sum + (one?.ran ?? 0), 0) : null
  }
}

const nodeFlags = () => `${process.env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`

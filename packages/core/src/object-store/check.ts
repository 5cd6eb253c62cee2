import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { messageOf } from '../lib/errors.js'
import { layoutPrefix } from './keys.js'
import { sourceOf } from './object-store.js'
import type { OpenBucket } from './open-store.js'

export interface CheckStep {
  step: 'write' | 'read' | 'list' | 'unfinished uploads' | 'delete'
  /** The error and its remedy; `null` if the step works. */
  problem: string | null
  /** The feature of autodump that does not work until this step works. */
  affects: string
}

const affects: Record<CheckStep['step'], string> = {
  write: 'no dump is uploaded',
  read: 'nobody can look at the dumps in the bucket with these credentials',
  list: 'nobody can look at the dumps in the bucket with these credentials',
  'unfinished uploads':
    '`autodump store clean` finds nothing, so the bucket needs a lifecycle rule for incomplete uploads',
  delete: 'first manifests of processes that recovered stay in the bucket',
}

/** Writes, reads, lists and deletes a small object under the prefix, and reports how each step went. Never rejects. */
export async function checkStore({ store, prefix }: OpenBucket): Promise<CheckStep[]> {
  const name = randomBytes(8).toString('hex')
  const folder = `${layoutPrefix(prefix)}check/`
  const key = `${folder}${name}.txt`
  const content = `autodump store check ${name}\n`
  const steps: CheckStep[] = []

  async function step(step: CheckStep['step'], work: () => Promise<unknown>): Promise<boolean> {
    const problem = await work().then(
      () => null,
      error => messageOf(error),
    )
    steps.push({ step, problem, affects: affects[step] })
    return problem === null
  }

  // An object that cannot be written can be neither read nor deleted, for the same reason.
  if (!(await step('write', () => store.put(key, sourceOf(content))))) return steps
  await step('read', async () => {
    const read = String(await buffer(await store.get(key)))
    if (read !== content) throw new Error('the store gave back something else than was written')
  })
  await step('list', async () => {
    const { objects } = await store.list({ prefix: folder })
    if (!objects.some(object => object.key === key)) throw new Error('the list does not have what was just written')
  })
  await step('unfinished uploads', () => store.orphans(layoutPrefix(prefix)))
  await step('delete', async () => {
    await store.remove(key)
    if (await store.head(key).catch(() => undefined)) throw new Error('what was deleted is still there')
  })
  return steps
}

/** Removes multipart uploads, and half-written files, that nobody has touched for this many milliseconds. */
export async function cleanStore(
  { store, prefix }: OpenBucket,
  { olderThan, now = Date.now }: { olderThan: number; now?: () => number },
): Promise<{ removed: string[]; left: number }> {
  const found = await store.orphans(layoutPrefix(prefix))
  const old = found.filter(({ startedAt }) => now() - startedAt >= olderThan)
  for (const orphan of old) await store.removeOrphan(orphan)
  return { removed: old.map(({ key }) => key), left: found.length - old.length }
}

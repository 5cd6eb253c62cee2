import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import { isRunRecord } from '../generated/file-validators.js'
import { isMissing } from '../lib/files.js'
import { readdir, rm } from '../lib/fs.js'
import { roomIn, roomsIn } from '../lib/rooms.js'
import { isUntrusted, readTrusted, replaceFileSync } from '../lib/trusted.js'
import { validator } from '../lib/validate.js'
import type { RunRecord } from '../model/run-record.js'

/** In the directory of the dumps: a small file for each finished run. They do not count for quota and retention. */
const recordsDirectory = '.runs'

/** Number of records that are kept. */
const maxRecords = 20

/** A record has no more. */
export const recordedSamples = 10

/** Custom metrics can make samples long; the oldest are left out then. */
const maxBytes = 8 * 1024

const fileName = /^(\d{8}T\d{9}Z-\d{1,10}-[0-9a-f]{12})\.json$/

const validate = validator<RunRecord>(isRunRecord)

/** Records a run, and removes the oldest records. Synchronous where it writes: the process may be about to exit. */
export async function writeRunRecord(dir: string, record: Omit<RunRecord, 'id'>): Promise<void> {
  const room = roomIn(dir, recordsDirectory)
  const time = new Date(record.endedAt).toISOString().replace(/[-:.]/g, '')
  const id = `${time}-${record.pid}-${randomBytes(6).toString('hex')}`
  replaceFileSync(join(room, `${id}.json`), fitting(record))
  for (const path of (await newestFirst(dir)).slice(maxRecords)) await rm(path, { force: true })
}

/** The finished runs, the newest first. Skips foreign files. */
export async function listRunRecords(dir: string): Promise<RunRecord[]> {
  const records = await Promise.all((await newestFirst(dir)).slice(0, maxRecords).map(read))
  return records.filter(record => record !== null)
}

/** The names begin with the moment of the end. */
async function newestFirst(dir: string): Promise<string[]> {
  const found: { name: string; path: string }[] = []
  for (const room of roomsIn(dir, recordsDirectory))
    for (const name of await readdir(room)) if (fileName.test(name)) found.push({ name, path: join(room, name) })
  return found.sort((a, b) => (a.name < b.name ? 1 : -1)).map(({ path }) => path)
}

async function read(path: string): Promise<RunRecord | null> {
  try {
    const record: unknown = JSON.parse(await readTrusted(path, 2 * maxBytes))
    const [, id] = fileName.exec(basename(path)) ?? []
    return id !== undefined && validate(record) ? { ...record, id } : null
  } catch (error) {
    // Another process has removed it, or it was cut short by a crash of the machine.
    if (error instanceof SyntaxError || isMissing(error) || isUntrusted(error)) return null
    throw error
  }
}

function fitting(record: Omit<RunRecord, 'id'>): string {
  for (let count = recordedSamples; ; count = count >> 1) {
    const json = JSON.stringify({ ...record, samples: count > 0 ? record.samples.slice(-count) : [] })
    if (count === 0 || Buffer.byteLength(json) <= maxBytes) return json
  }
}

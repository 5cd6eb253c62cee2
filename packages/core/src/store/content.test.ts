import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { compressFrom, writeContent } from './content.js'

const MiB = 1024 ** 2

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

function write(path: string, content: Parameters<typeof writeContent>[1], more = {}) {
  return writeContent(path, content, { signal: new AbortController().signal, hasRoom: async () => true, ...more })
}

async function* pieces(...all: Uint8Array[]) {
  yield* all
}

describe('writing content', () => {
  it.each([
    ['text', () => 'gr\u00fc\u00df dich \u{1f600}'],
    ['bytes', () => new Uint8Array([0, 1, 255])],
    ['a stream', () => pieces(Buffer.from('gr\u00fc\u00df dich'), Buffer.from(' \u{1f600}'))],
    ['nothing', () => ''],
    ['an empty stream', () => pieces()],
  ])('writes %s as it is, with size and digest', async (_, content) => {
    const path = join(temporaryDirectory(), 'a.json')
    const written = await write(path, content())
    const onDisk = readFileSync(path)
    expect(written).toEqual({ bytes: onDisk.length, sha256: sha256(onDisk), storedBytes: onDisk.length })
    if (typeof content() === 'string') expect(onDisk.toString()).toBe(content())
  })

  it.each([
    ['text', (text: string) => text],
    ['bytes', (text: string) => Buffer.from(text)],
    ['a stream', (text: string) => pieces(...(text.match(/.{1,50000}/g) ?? []).map(piece => Buffer.from(piece)))],
  ])('compresses %s from 1 MiB on', async (_, content) => {
    const path = join(temporaryDirectory(), 'a.json')
    const text = '{"a":1},'.repeat(compressFrom / 8)
    const written = await write(path, content(text))
    expect(existsSync(path)).toBe(false)
    expect(gunzipSync(readFileSync(`${path}.gz`)).toString()).toBe(text)
    const { size } = statSync(`${path}.gz`)
    expect(written).toEqual({ bytes: MiB, sha256: sha256(text), storedBytes: size, encoding: 'gzip' })
    expect(size).toBeLessThan(MiB / 10)
    expect((await write(join(temporaryDirectory(), 'b.json'), content(text.slice(1)))).encoding).toBeUndefined()
  })

  it('does not compress what does not get smaller', async () => {
    const path = join(temporaryDirectory(), 'a.pb.gz')
    const content = randomBytes(2 * MiB)
    expect(await write(path, content)).toEqual({ bytes: 2 * MiB, sha256: sha256(content), storedBytes: 2 * MiB })
    expect(readFileSync(path).equals(content)).toBe(true)
  })

  it('keeps characters whole wherever a large text is cut', async () => {
    const path = join(temporaryDirectory(), 'a.txt')
    const text = `x${'\u{1f600}'.repeat(200_000)}`
    await write(path, text)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('takes constant memory', async () => {
    const path = join(temporaryDirectory(), 'a.json')
    let most = 0
    async function* large() {
      for (let MiBs = 0; MiBs < 256; MiBs++) {
        yield Buffer.alloc(MiB, `{"a":${MiBs}},`)
        most = Math.max(most, process.memoryUsage().arrayBuffers)
      }
    }
    const before = process.memoryUsage().arrayBuffers
    expect((await write(path, large())).bytes).toBe(256 * MiB)
    expect(most - before).toBeLessThan(100 * MiB)
  })

  it.each([0, 3])('leaves nothing behind when the source fails after %d MiB', async size => {
    const dir = temporaryDirectory()
    async function* broken() {
      for (let MiBs = 0; MiBs < size; MiBs++) yield Buffer.alloc(MiB)
      throw new Error('the profiler went away')
    }
    await expect(write(join(dir, 'a.json'), broken())).rejects.toThrow('the profiler went away')
    expect(readdirSync(dir)).toEqual([])
  })

  it('does not touch a file that is there already', async () => {
    const path = join(temporaryDirectory(), 'a.json')
    writeFileSync(path, 'mine')
    await expect(write(path, 'yours')).rejects.toThrow('EEXIST')
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  it('ends before the disk is full, and tells the source', async () => {
    const dir = temporaryDirectory()
    let given = 0
    let told = false
    async function* endless() {
      try {
        for (;;) {
          yield randomBytes(MiB)
          given += 1
        }
      } finally {
        told = true
      }
    }
    let asked = 0
    const hasRoom = async () => ++asked < 2
    await expect(write(join(dir, 'a.bin'), endless(), { hasRoom })).rejects.toMatchObject({ code: 'NO_ROOM' })
    expect(given).toBeGreaterThan(16)
    expect(given).toBeLessThan(64)
    expect(told).toBe(true)
    expect(readdirSync(dir)).toEqual([])
  })

  it.each([0, 2])('can be called off while the source is stuck after %d MiB', async size => {
    const dir = temporaryDirectory()
    const stop = new AbortController()
    let stuck = () => {}
    const isStuck = new Promise<void>(resolve => {
      stuck = resolve
    })
    async function* endless() {
      for (let MiBs = 0; MiBs < size; MiBs++) yield Buffer.alloc(MiB)
      stuck()
      await new Promise(() => {})
    }
    const written = write(join(dir, 'a.json'), endless(), { signal: stop.signal })
    written.catch(() => {})
    await isStuck
    stop.abort(new Error('called off'))
    await expect(written).rejects.toThrow('called off')
    expect(readdirSync(dir)).toEqual([])
  })
})

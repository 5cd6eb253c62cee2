import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../testing/dumps.js'
import { createRecordLog, decodeLines, encodeLine, readRecords } from './record-log.js'

function log(directory: string, more: { whole?: () => string[]; now?: () => number } = {}) {
  const errors: unknown[] = []
  const made = createRecordLog({
    async prepare() {
      await mkdir(directory, { recursive: true })
      return directory
    },
    whole: () => [],
    onError: error => errors.push(error),
    ...more,
  })
  onTestFinished(() => made.close())
  return { ...made, errors }
}

describe('lines', () => {
  it('give back what was encoded', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), values => {
        const text = values.map(value => encodeLine(JSON.stringify(value))).join('')
        expect(decodeLines(text)).toEqual(values.map(value => JSON.parse(JSON.stringify(value))))
      }),
    )
  })

  it('that were cut short anywhere lose the last record and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), (values, where) => {
        const lines = values.map(value => encodeLine(JSON.stringify(value)))
        const text = lines.join('')
        const cut = where % text.length
        const decoded = decodeLines(text.slice(0, cut))
        let whole = 0
        // A line is whole also without its end.
        for (let end = 0; whole < lines.length; whole++) {
          end += (lines[whole] as string).length
          if (end - 1 > cut) break
        }
        expect(decoded).toEqual(values.slice(0, whole).map(value => JSON.parse(JSON.stringify(value))))
      }),
    )
  })

  it('with bytes changed anywhere give records that were written, and nothing else', () => {
    const values = Array.from({ length: 20 }, (_, index) => ({ index, text: `record ${index}` }))
    const original = Buffer.from(values.map(value => encodeLine(JSON.stringify(value))).join(''))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 0, max: 255 }))), changes => {
        const bytes = Buffer.from(original)
        for (const [at, byte] of changes) bytes[at] = byte
        for (const record of decodeLines(bytes.toString('utf8'))) expect(values).toContainEqual(record)
      }),
    )
  })
})

describe('the log of a run', () => {
  it('has every record, in order, as soon as it is appended', async () => {
    const directory = temporaryDirectory()
    const { append, errors } = log(directory)
    await append(['{"a":1}'])
    await append(['{"a":2}', '{"a":3}'])
    expect(await readRecords(directory)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
    expect(errors).toEqual([])
  })

  it('stays small however much is appended, and keeps the newest records', async () => {
    const directory = temporaryDirectory()
    const { append, close } = log(directory, { whole: () => ['{"state":1}'] })
    const filler = 'x'.repeat(10_000)
    for (let index = 0; index < 500; index++) await append([JSON.stringify({ index, filler })])
    await close()
    const sizes = readdirSync(directory).map(name => statSync(join(directory, name)).size)
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(1.1 * 1024 ** 2)
    const records = (await readRecords(directory)) as { index?: number; state?: number }[]
    const indexes = records.flatMap(({ index }) => index ?? [])
    expect(indexes.at(-1)).toBe(499)
    expect(indexes.length).toBeGreaterThan(50)
    expect(indexes).toEqual(indexes.map((_, at) => (indexes[0] as number) + at))
    expect(records[0]).toEqual({ state: 1 })
  })

  it('begins a new segment every five minutes, so that quiet runs do not show hours', async () => {
    const directory = temporaryDirectory()
    let now = 0
    const { append } = log(directory, { now: () => now })
    for (const minute of [0, 6, 12]) {
      now = minute * 60_000
      await append([JSON.stringify({ minute })])
    }
    expect(await readRecords(directory)).toEqual([{ minute: 6 }, { minute: 12 }])
  })

  it('is gone on with by whoever opens it next', async () => {
    const directory = temporaryDirectory()
    for (let turn = 1; turn <= 3; turn++) {
      const { append, close } = log(directory)
      await append([JSON.stringify({ turn })])
      await close()
    }
    expect(await readRecords(directory)).toEqual([{ turn: 2 }, { turn: 3 }])
  })

  it('is made again when its directory was removed', async () => {
    const directory = join(temporaryDirectory(), 'run')
    const { append, errors } = log(directory)
    await append(['1'])
    rmSync(directory, { recursive: true })
    await append(['2'])
    expect(await readRecords(directory)).toEqual([2])
    expect(errors).toEqual([])
  })

  it('reports what it cannot write and goes on when it can', async () => {
    const parent = temporaryDirectory()
    const directory = join(parent, 'run')
    writeFileSync(directory, 'in the way')
    const { append, errors } = log(directory)
    await append(['1'])
    expect(errors).toHaveLength(1)
    rmSync(directory)
    await append(['2'])
    expect(await readRecords(directory)).toEqual([2])
  })

  it('reads files that were cut or filled with anything without an error', async () => {
    const directory = temporaryDirectory()
    const { append, close } = log(directory)
    await append(Array.from({ length: 50 }, (_, index) => JSON.stringify({ index })))
    await close()
    const [file] = readdirSync(directory).map(name => join(directory, name)) as [string]
    const whole = readFileSync(file)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.uint8Array({ maxLength: 100 }), async (cut, rubbish) => {
        writeFileSync(file, whole)
        truncateSync(file, cut)
        appendFileSync(file, rubbish)
        for (const record of await readRecords(directory))
          expect(Number((record as { index: number }).index)).toBeLessThan(50)
      }),
      { numRuns: 50 },
    )
  })
})

import { expect, it } from 'vitest'
import { type ObjectSource, type ObjectStore, sourceOf } from '../../object-store/object-store.js'
import { createPace, type UploadLimits } from './limits.js'

/** When each reading was done, by a clock that only waiting moves. */
async function readingsAt(limits: UploadLimits, sources: ObjectSource[], partSize: number): Promise<number[]> {
  let time = 0
  const clock = {
    now: () => time,
    async wait(ms: number) {
      time += ms
    },
  }
  const times: number[] = []
  const inParts = {
    async put(_key: string, source: ObjectSource) {
      for (let at = 0; at < source.size; at += partSize) {
        await source.read(new Uint8Array(Math.min(partSize, source.size - at)), at)
        times.push(time)
      }
    },
  } as unknown as ObjectStore
  const pace = createPace(limits, clock)
  const store = pace.of(pace.counted(inParts))
  for (const source of sources) await store.put('key', source)
  return times
}

const source = (size: number) => sourceOf('x'.repeat(size))

it('bytes go out at the rate that is allowed, on average', async () => {
  expect(await readingsAt({ bytesPerSecond: 1024 }, [source(4096)], 1024)).toEqual([0, 1000, 2000, 3000])
})

it('requests beyond those of the hour wait for the oldest to be an hour ago', async () => {
  const three = [source(1), source(1), source(2)]
  expect(await readingsAt({ requestsPerHour: 3 }, three, 1)).toEqual([0, 0, 0, 3600_000])
})

it('without limits nothing waits', async () => {
  expect(await readingsAt({}, [source(3)], 1)).toEqual([0, 0, 0])
})

it('every call counts as a request, also of a store that is an object of a class', async () => {
  class Counting {
    readonly place = 'here'
    #calls = 0
    done(): Promise<never> {
      this.#calls += 1
      return Promise.resolve(this.#calls as never)
    }
    put = (_key: string, source: ObjectSource) => source.read(new Uint8Array(1), 0).then(() => this.done())
    get() {
      return this.done()
    }
    head() {
      return this.done()
    }
    list() {
      return this.done()
    }
    folders() {
      return this.done()
    }
    remove() {
      return this.done()
    }
    orphans() {
      return this.done()
    }
    removeOrphan() {
      return this.done()
    }
    urlOf(key: string) {
      return `${this.place}/${key}`
    }
    close() {}
  }
  let time = 0
  const wait = async (ms: number) => {
    time += ms
  }
  const pace = createPace({ requestsPerHour: 1, bytesPerSecond: 1e9 }, { now: () => time, wait })
  const store = pace.of(pace.counted(new Counting()))
  const calls = [
    () => store.put('a', source(1)),
    () => store.get('a'),
    () => store.head('a'),
    () => store.list({ prefix: '' }),
    () => store.folders(''),
    () => store.remove('a'),
    () => store.orphans(''),
    () => store.removeOrphan({ key: 'a', id: 'u' }),
  ]
  const hours = []
  for (const call of calls) {
    await call()
    hours.push(time / 3600_000)
  }
  expect(hours).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect([store.place, store.urlOf('a')]).toEqual(['here', 'here/a'])
})

/** An object store with as many dumps as are wanted. It is made up while it is asked, so it takes no memory. */
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { invertedTime, servicesPrefix } from '@autodump/core/object-store'
import { builtinMetrics } from '@autodump/core/rules'

/** Samples of a dump: the last two minutes, and the capture. */
const samplesOfDump = 125
const metrics = Object.keys(builtinMetrics)

/** The manifest of a dump: each value comes from its moment, so the samples of a process fit together. */
function manifestOf(key) {
  const id = key.split('/').at(-2)
  const at = Date.parse(id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*/, '$1-$2-$3T$4:$5:$6.$7Z'))
  const samples = Array.from({ length: samplesOfDump }, (_, index) => {
    const moment = at + (index - samplesOfDump + 5) * 1000
    const high = index > samplesOfDump - 10 ? 60 : 0
    return {
      at: moment,
      values: Object.fromEntries(metrics.map((name, n) => [name, ((moment / 1000) % (7 + n)) + high])),
    }
  })
  return {
    ...{ id, createdAt: new Date(at).toISOString(), state: 'complete', samples, artifacts: [] },
    trigger: {
      metric: 'cpu',
      rule: 'spike',
      value: 66,
      mean: 4,
      threshold: 20,
      unit: 'percent',
      history: [4],
      reason: 'made up',
    },
    process: { pid: 7, host: key.split('/').at(-3), node: 'v20', v8: '11', uptime: 1, labels: {}, limits: {} },
    summary: { text: 'made up', findings: [] },
  }
}

/** Milliseconds between two dumps of a service. */
const step = 20_000
/** Dumps of one version. */
const ofVersion = 5000

/** A LIST answers at most a thousand keys. `taken` tells how many requests came since it was last asked. */
export function madeUpStore({ services, dumps, listMs = 0, getMs = 0, newest }) {
  const perService = Math.ceil(dumps / services.length)
  let asked = 0

  /** The key of the dump of a service that is the n-th from the newest. */
  function keyOf(service, n) {
    const at = newest - n * step - services.indexOf(service)
    const id = `${new Date(at).toISOString().replace(/[-:.]/g, '')}-7-cpu-spike`
    const version = `1.${Math.floor((perService - n) / ofVersion)}.0`
    const fingerprint = (n % 300).toString(16).padStart(12, '0')
    const name = [invertedTime(at), `pod-${n % 40}`, version, 'cpu-spike', fingerprint, id].join('~')
    return `${servicesPrefix('')}${service}/${name}.json`
  }

  const store = {
    place: 'a store that is made up',
    async list({ prefix, after, limit = 1000 }) {
      asked++
      await pause(listMs)
      const service = services.find(name => prefix.includes(`/${name}/`))
      if (!service) return { objects: [], isTruncated: false }
      const inverted = after?.slice(prefix.length, prefix.length + 13)
      const from = inverted ? Math.max(0, Math.floor((Number(inverted) - Number(invertedTime(newest))) / step)) : 0
      const objects = []
      for (let n = from; n < perService && objects.length < Math.min(limit, 1000); n++) {
        const key = keyOf(service, n)
        if (!after || key > after) objects.push({ key, size: 700, modifiedAt: newest })
      }
      return { objects, isTruncated: objects.at(-1)?.key !== keyOf(service, perService - 1) }
    },
    async folders() {
      asked++
      await pause(listMs)
      return services
    },
    async get(key) {
      asked++
      await pause(getMs)
      if (key.endsWith('/manifest.json')) return Readable.from([Buffer.from(JSON.stringify(manifestOf(key)))])
      const [, , , , fingerprint] = key.split('~')
      const fault = { fingerprint, title: `work${fingerprint} (src/work.js)` }
      const headline = `CPU at 98%: ${fault.title} takes 81% of it`
      const text = { state: 'complete', fault, headline, summary: `${headline}. `.repeat(4), bytes: 1e6, artifacts: [] }
      return Readable.from([Buffer.from(JSON.stringify(text))])
    },
    close() {},
  }

  function taken() {
    const before = asked
    asked = 0
    return before
  }
  return { store, taken }
}

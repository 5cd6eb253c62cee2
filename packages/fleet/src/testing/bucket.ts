import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ArtifactEntry } from '@autodump/core'
import { openBucket } from '@autodump/core/object-store'
import { onTestFinished } from 'vitest'
import { dumpFolder, indexKey } from '../../../core/src/object-store/keys.js'
import { manifestOf } from '../../../core/src/testing/dumps.js'

export interface Planted {
  service?: string
  instance?: string
  version?: string
  /** Epoch milliseconds. */
  at: number
  metric?: string
  fingerprint?: string
  state?: string
  /** Text of the app in the place of the fixture's. */
  headline?: string
  /** The name of the fault. */
  title?: string
  /** How many times the line was passed. */
  severity?: number
  /** Values of `cpu`, a second apart; the last one is that of the dump. */
  cpu?: number[]
  /** Files beside the manifest, all JSON. */
  files?: Record<string, string>
}

const kindOf = (file: string): ArtifactEntry['kind'] =>
  file.endsWith('.cpuprofile') ? ('cpu-profile' as const) : file === 'holders.json' ? 'holders' : 'requests'

/** A bucket in a directory, and the calls of its store. */
export async function testBucket() {
  const root = mkdtempSync(join(tmpdir(), 'autodump-fleet-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const bucket = await openBucket({ url: pathToFileURL(root).href })
  const asked: string[] = []
  const counted = new Proxy(bucket.store, {
    get(store, name) {
      const value = Reflect.get(store, name)
      if (typeof value !== 'function') return value
      return (...args: never[]) => {
        asked.push(String(name))
        return (value as (...args: never[]) => unknown)(...args)
      }
    },
  })
  const write = (key: string, content: string) => {
    mkdirSync(dirname(join(root, key)), { recursive: true })
    writeFileSync(join(root, key), content)
  }

  function plant(planted: Planted): string {
    const { service = 'shop', instance = 'pod-1', version = '1.0.0', at, metric = 'cpu', fingerprint = '' } = planted
    const { state = 'complete', files = {}, headline, title = 'hash (src/orders.js)', severity = 1.5, cpu } = planted
    const id = `${new Date(at).toISOString().replace(/[-:.]/g, '')}-7-${metric}-spike`
    const place = { service, instance, id }
    const artifacts = Object.entries(files).map(([file, content]) => ({
      ...{ file, kind: kindOf(file), phase: 'during' as const, sha256: '', state: 'complete' as const },
      ...{ bytes: content.length, storedBytes: content.length },
    }))
    const plain = manifestOf(id, { artifacts })
    const manifest = {
      ...{ ...plain, state, createdAt: new Date(at).toISOString() },
      trigger: { ...plain.trigger, metric, value: 60 * severity, threshold: 60 },
      process: { ...plain.process, labels: { service, instance, version } },
      ...(headline && { summary: { ...plain.summary, headline, text: headline } }),
      ...(cpu && {
        samples: cpu.map((value, index) => ({ at: at - (cpu.length - 1 - index) * 1000, values: { cpu: value } })),
      }),
      ...(fingerprint && { fault: { fingerprint, title } }),
    }
    const folder = dumpFolder('', place)
    for (const [file, content] of Object.entries(files)) write(`${folder}${file}`, content)
    write(`${folder}manifest.json`, JSON.stringify(manifest))
    const key = indexKey('', { ...place, at, version, metric, rule: 'spike', fingerprint })
    write(
      key,
      JSON.stringify({
        ...{ id, state, trigger: manifest.trigger, fault: manifest.fault },
        ...{ headline, summary: headline ?? `${service} is busy`, bytes: 10, artifacts },
      }),
    )
    return id
  }

  return { bucket: { ...bucket, store: counted }, root, asked, plant, write }
}

import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { manifestOf, temporaryDirectory, testStore } from '../testing/dumps.js'
import { recursionProfile } from '../testing/v8-profiles.js'
import { pprofOf } from './serve.js'

async function published() {
  const { store } = await testStore(temporaryDirectory())
  const id = store.newId(Date.parse('2026-11-24T00:00:00Z'), 'cpu', 'spike')
  const writer = await store.begin(id)
  const content = JSON.stringify(recursionProfile(3))
  const artifacts = [
    await writer.add('cpu-profile', { file: 'cpu.cpuprofile', phase: 'during', content }),
    await writer.add('requests', { file: 'requests.json', phase: 'during', content: '{}' }),
    await writer.add('cpu-profile', { file: 'odd.cpuprofile', phase: 'during', content: '{"nodes":7}' }),
  ]
  await writer.publish(manifestOf(id, { artifacts }))
  return { store, id }
}

it('converts a profile of the store, with what the manifest knows', async () => {
  const { store, id } = await published()
  const profile = await pprofOf(store, id, 'cpu.cpuprofile')
  expect(profile?.name).toBe('cpu.pb.gz')
  expect(gunzipSync(profile?.bytes as Uint8Array).toString('latin1')).toContain('nothing happened')
})

it('knows only what the store knows', async () => {
  const { store, id } = await published()
  expect(await pprofOf(store, id, 'no.cpuprofile')).toBeUndefined()
  expect(await pprofOf(store, '../etc', 'passwd')).toBeUndefined()
})

it('refuses what is no profile', async () => {
  const { store, id } = await published()
  await expect(pprofOf(store, id, 'requests.json')).rejects.toMatchObject({
    code: 'INVALID',
    errors: [{ field: 'format', message: 'pprof is there for cpu-profile and heap-profile, got requests' }],
  })
  await expect(pprofOf(store, id, 'odd.cpuprofile')).rejects.toMatchObject({ code: 'INVALID' })
})

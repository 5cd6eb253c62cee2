import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { profileIn } from './profile-folder.js'

function folder(...names: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-folder-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  for (const name of names) writeFileSync(join(dir, name), '{}')
  return dir
}

it.each([
  ['clinic flame', ['7.clinic-flame-samples', '7.clinic-flame-systeminfo', '7.clinic-flame-inlinedfunctions']],
  ['0x', ['isolate-0xa9-7-7-v8.log.json', 'isolate-0xa9-7-7-v8.log', 'meta.json', 'flamegraph.html']],
  ['node --cpu-prof-dir', ['CPU.2026.cpuprofile']],
])('the profile in a folder of %s is found', async (_, names) => {
  const dir = folder(...names)
  expect(await profileIn(dir)).toBe(join(dir, names[0] as string))
})

it('a folder without a profile, or with several, is refused with what to name', async () => {
  await expect(profileIn(folder('7.clinic-doctor-traceevent'))).rejects.toThrow('there is no profile in the folder')
  await expect(profileIn(folder('a.cpuprofile', 'b.cpuprofile'))).rejects.toThrow(
    'name one: a.cpuprofile, b.cpuprofile',
  )
})

it('a file is that file, whether it is there or not', async () => {
  const path = join(folder('a.json'), 'a.json')
  expect([await profileIn(path), await profileIn(`${path}x`)]).toEqual([path, `${path}x`])
})

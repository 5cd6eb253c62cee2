import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Manifest } from '@autodump/core'
import { expect, it, onTestFinished } from 'vitest'
import { detailsOf } from './dump-details.js'

it('the name of an artifact is no way out of the temporary directory', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-outside-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const asked: string[] = []
  const target = {
    name: 'a stranger',
    async ask(path: string) {
      asked.push(path)
      return new Response('planted')
    },
  }
  const file = `../${basename(dir)}/planted`
  const artifacts = [{ file, kind: 'cpu-profile', phase: 'during', bytes: 7, state: 'complete' }]
  const manifest = { id: 'one', trigger: { metric: 'cpu' }, artifacts } as unknown as Manifest
  expect(await detailsOf(manifest, target)).toEqual({})
  expect(existsSync(join(dir, 'planted'))).toBe(false)
  expect(asked).toEqual([])
})

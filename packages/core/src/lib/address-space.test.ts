import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { addressSpaceLeft, NoAddressSpace, needAddressSpace } from './address-space.js'

const GiB = 1024 ** 3

function proc(limit: string, kilobytes: number): string {
  const root = mkdtempSync(join(tmpdir(), 'autodump-address-space-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const own = join(root, 'proc/self')
  mkdirSync(own, { recursive: true })
  const row = (name: string, soft: string) => `${name.padEnd(26)}${soft.padEnd(21)}unlimited            bytes     \n`
  writeFileSync(join(own, 'limits'), row('Max data size', '1') + row('Max address space', limit))
  writeFileSync(join(own, 'status'), `VmPeak:\t 9999999 kB\nVmSize:\t ${kilobytes} kB\n`)
  return root
}

it('address space is left up to the limit of the process', () => {
  expect(addressSpaceLeft(proc(String(4 * GiB), 1024 ** 2))).toBe(3 * GiB)
  expect(addressSpaceLeft(proc(String(GiB), 2 * 1024 ** 2))).toBe(0)
})

it('address space has no end where nothing limits it, or where it cannot be read', () => {
  expect(addressSpaceLeft(proc('unlimited', 1024 ** 2))).toBe(Number.POSITIVE_INFINITY)
  expect(addressSpaceLeft('/nowhere')).toBe(Number.POSITIVE_INFINITY)
})

it('a thread is refused where V8 would end the process for want of address space', () => {
  expect(() => needAddressSpace(0.7 * GiB)).toThrow(NoAddressSpace)
  expect(() => needAddressSpace(0.7 * GiB)).toThrow(
    'needs 2048 MiB of address space, and the limit (ulimit -v) leaves 717 MiB',
  )
  expect(() => needAddressSpace(3 * GiB)).not.toThrow()
})

it('the app thread does the work of the thread only where there is address space for that', () => {
  const codeAt = (left: number) => {
    try {
      needAddressSpace(left)
      return 'enough'
    } catch (error) {
      return (error as NoAddressSpace).code
    }
  }
  expect([0.1, 0.7, 3].map(left => codeAt(left * GiB))).toEqual(['ERR_WORKER_OUT_OF_MEMORY', undefined, 'enough'])
})

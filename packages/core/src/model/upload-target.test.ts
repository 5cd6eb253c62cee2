import { expect, it } from 'vitest'
import { isFor, readTarget, uploadTargetOf } from './upload-target.js'

const target = { bucket: 's3://evidence/prod', service: 'shop' }
const labels = { service: 'shop' }
const of = (url: string) => uploadTargetOf({ bucket: { url }, labels }, 'server.js')

it('the target is the bucket and the service, without a bucket there is none', () => {
  expect(of('s3://evidence/prod')).toEqual(target)
  expect(of('s3://evidence/prod/')).toEqual(target)
  expect(uploadTargetOf({ bucket: null, labels }, 'server.js')).toBeNull()
  expect(uploadTargetOf({ bucket: { url: 'file:///mnt' }, labels: {} }, 'server.js')).toEqual({
    bucket: 'file:///mnt',
    service: 'server.js',
  })
  const store = { module: './store.mjs', places: [], isPackage: false, options: { key: 'secret' } }
  expect(uploadTargetOf({ bucket: { url: null, store }, labels }, '')?.bucket).toBe('./store.mjs')
  expect(uploadTargetOf({ bucket: { url: 's3://a', store }, labels }, '')?.bucket).toBe('s3://a by ./store.mjs')
})

it('a dump is for its own bucket and service only', () => {
  expect(isFor({ uploadTo: target }, target)).toBe(true)
  expect(isFor({ uploadTo: { ...target, bucket: 's3://other' } }, target)).toBe(false)
  expect(isFor({ uploadTo: { ...target, service: 'mail' } }, target)).toBe(false)
})

it('a dump from before there was a bucket is for the one that its service has now', () => {
  expect(isFor({ from: { service: 'shop' } }, target)).toBe(true)
  expect(isFor({ from: { service: 'mail' } }, target)).toBe(false)
  expect(isFor({ from: { service: '' } }, target)).toBe(false)
  expect(isFor({}, target)).toBe(false)
})

it('what a file says is a target, or none', () => {
  expect(readTarget({ ...target, more: 1 })).toEqual(target)
  for (const junk of [undefined, null, 'x', 3, [], { bucket: 1, service: 'x' }])
    expect(readTarget(junk)).toBeUndefined()
})

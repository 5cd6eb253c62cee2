import { expect, it } from 'vitest'
import { type Reply, storeThat } from '../../testing/s3-replies.js'

const uploads = (names: string[], more = ''): Reply => {
  const rows = names.map(name => `<Upload><Key>v1/${name}</Key><UploadId>${name}&amp;</UploadId></Upload>`)
  return (_, res) => res.end(`<ListMultipartUploadsResult>${more}${rows.join('')}</ListMultipartUploadsResult>`)
}
const goesOn = (key: string, id = '') =>
  `<IsTruncated>true</IsTruncated><NextKeyMarker>${key}</NextKeyMarker>${id && `<NextUploadIdMarker>${id}</NextUploadIdMarker>`}`

it('unfinished uploads are listed page by page', async () => {
  const { store, seen } = await storeThat([
    uploads(['a', 'b'], goesOn('v1/b', 'b&amp;')),
    uploads(['c'], goesOn('v1/c')),
    uploads(['d'], '<IsTruncated>false</IsTruncated>'),
  ])
  expect((await store.orphans('v1/')).map(({ key, id }) => [key, id])).toEqual([
    ['v1/a', 'a&'],
    ['v1/b', 'b&'],
    ['v1/c', 'c&'],
    ['v1/d', 'd&'],
  ])
  const queries = seen.map(({ path }) => new URL(path, 'http://x').searchParams)
  expect(queries.map(query => [query.get('prefix'), query.get('key-marker'), query.get('upload-id-marker')])).toEqual([
    ['v1/', null, null],
    ['v1/', 'v1/b', 'b&'],
    ['v1/', 'v1/c', null],
  ])
})

it('a store that begins its list again and again does not hold it up', async () => {
  const { store, seen } = await storeThat([uploads(['a'], goesOn('v1/a', 'a'))])
  await store.orphans('v1/')
  expect(seen).toHaveLength(2)
})

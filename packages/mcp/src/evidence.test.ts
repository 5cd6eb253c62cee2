import { expect, it } from 'vitest'
import { dumpOfVersion } from './evidence.js'

it('the dump of a version is looked for by the list, which knows versions', async () => {
  const asked: string[] = []
  const ask = async (path: string) => {
    asked.push(path)
    const isFirst = !path.includes('cursor')
    const kind = isFirst ? 'requests' : 'cpu-profile'
    return Response.json({ dumps: [{ id: `of-${kind}`, artifacts: [{ kind }] }], ...(isFirst && { next: 'more' }) })
  }
  expect(await dumpOfVersion(ask, '1.8.2', 'shop')).toBe('of-cpu-profile')
  expect(asked).toEqual([
    '/dumps?limit=100&version=1.8.2&service=shop',
    '/dumps?limit=100&version=1.8.2&service=shop&cursor=more',
  ])
})

it('a version without a profile has none', async () => {
  const ask = async () => Response.json({ dumps: [] })
  await expect(dumpOfVersion(ask, '9')).rejects.toThrow('no dump of version 9')
})

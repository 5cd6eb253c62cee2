import { expect, it } from 'vitest'
import { askAdmin, jsonRequest, problem } from '../testing/ask-admin.js'

const etagOf = (response: Response) => response.headers.get('etag') as string

it('thresholds come with a tag', async () => {
  const { ask, monitor } = askAdmin()
  const response = await ask('/thresholds')
  expect(etagOf(response)).toBe('"v1"')
  expect(await response.json()).toEqual(monitor.thresholds().thresholds)
})

it('a patch answers with what is now, and its tag', async () => {
  const { handler, monitor } = askAdmin()
  const response = await handler(jsonRequest('PATCH', '/thresholds', { cpu: { watermark: 55 } }))
  expect(etagOf(response)).toBe('"v2"')
  expect(await response.json()).toMatchObject({ cpu: { watermark: 55, spike: 25 } })
  expect(monitor.asked).toEqual([['updateThresholds', { cpu: { watermark: 55 } }, undefined]])
})

it.each([
  ['"v1"', 'v1'],
  ['"v0", "v1"', 'v1'],
  ['*', undefined],
])('with If-Match: %s it is applied, on the condition %s', async (ifMatch, condition) => {
  const { handler, monitor } = askAdmin()
  const patch = { cpu: { watermark: 55 } }
  expect((await handler(jsonRequest('PATCH', '/thresholds', patch, { 'if-match': ifMatch }))).status).toBe(200)
  expect(monitor.asked).toEqual([['updateThresholds', patch, condition]])
})

it.each(['"v0"', 'W/"v1"', 'v1', '"v0", "v2"'])('with If-Match: %s it is stale', async ifMatch => {
  const { handler, monitor } = askAdmin()
  const response = await handler(jsonRequest('PATCH', '/thresholds', { cpu: { spike: 5 } }, { 'if-match': ifMatch }))
  expect((await problem(response)).status).toBe(412)
  expect(monitor.asked).toEqual([])
})

it('a patch that another one has overtaken is stale', async () => {
  const { handler, monitor } = askAdmin()
  const { thresholds } = monitor
  let first = true
  monitor.thresholds = () => {
    const now = thresholds()
    if (first) monitor.updateThresholds({ gc: { min: 1 } })
    first = false
    return now
  }
  const response = await handler(jsonRequest('PATCH', '/thresholds', { cpu: { spike: 5 } }, { 'if-match': '"v1"' }))
  expect((await problem(response)).status).toBe(412)
})

it('what the monitor finds invalid is listed', async () => {
  const { handler } = askAdmin()
  const { status, errors } = await problem(await handler(jsonRequest('PATCH', '/thresholds', { nope: {} })))
  expect([status, errors]).toEqual([400, [{ field: 'nope', message: 'is no' }]])
})

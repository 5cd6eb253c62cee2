import { describe, expect, it } from 'vitest'
import { queries } from '../../generated/validators.js'
import type { Fleet } from '../../model/fleet.js'
import { problem } from '../../testing/ask-admin.js'
import { aloneAs } from '../../testing/fake-monitor.js'
import { problemResponse } from '../problem.js'
import { select } from './select.js'

const own = '42-0123abcd'

const idsOf = ({ others }: { others: { id: string }[] }) => others.map(({ id }) => id)

function fleetOf(...ids: string[]): Fleet {
  return { ...aloneAs(own), others: async () => ids.map(id => aloneAs(id).own) }
}

describe('the processes that a request means', () => {
  const fleet = fleetOf('43-aaaaaaaa', '44-bbbbbbbb', '44-cccccccc')

  it('are the one that answers, or all that run its program, where it does not say', async () => {
    expect(await select(fleet, undefined)).toEqual({ own: true, others: [], each: false })
    const all = await select(fleet, undefined, 'program')
    expect([all.own, all.each, idsOf(all)]).toEqual([true, false, ['43-aaaaaaaa', '44-bbbbbbbb', '44-cccccccc']])

    const stranger = { ...aloneAs('45-dddddddd').own, script: '/other/server.js' }
    const shared = { ...fleet, others: async () => [stranger] }
    expect(idsOf(await select(shared, undefined, 'program'))).toEqual([])
    expect(idsOf(await select(shared, 'all'))).toEqual(['45-dddddddd'])
    expect(idsOf(await select(shared, '45', 'program'))).toEqual(['45-dddddddd'])
  })

  it('are all, each for itself, with `all`', async () => {
    expect(await select(fleet, 'all')).toMatchObject({ own: true, each: true })
  })

  it('are named by id or by pid', async () => {
    for (const wanted of ['43', '43-aaaaaaaa'])
      expect(idsOf(await select(fleet, wanted, 'program')), wanted).toEqual(['43-aaaaaaaa'])
    for (const wanted of ['42', own])
      expect(await select(fleet, wanted, 'program')).toMatchObject({ own: true, others: [] })
  })

  it('are not guessed: a pid of two, or of nobody, is refused', async () => {
    const refusal = async (wanted: string) =>
      problem(problemResponse(await select(fleet, wanted).catch(error => error)))
    expect(await refusal('44')).toMatchObject({
      status: 400,
      errors: [{ field: 'instance', message: '44 is one of 44-bbbbbbbb, 44-cccccccc' }],
    })
    expect(await refusal('45')).toMatchObject({ status: 404, errors: [{ field: 'instance' }] })
    expect(await refusal('43-bbbbbbbb')).toMatchObject({ status: 404 })
  })

  it('are not looked for where the one that answers is named by its id', async () => {
    const others = () => Promise.reject(new Error('looked'))
    expect(await select({ ...fleet, others }, own, 'program')).toMatchObject({ own: true })
  })

  it.each(['', '0', '-1', 'All', '..', '4711/x', '4711-', '4711-XYZ', '1'.repeat(11), '4711-0123abcd0'])(
    'cannot be called %j',
    name => expect(queries.InstanceQuery?.validate({ instance: name })).toBe(false),
  )
})

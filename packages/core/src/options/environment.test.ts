import { describe, expect, it } from 'vitest'
import { fromEnvironment } from './environment.js'

describe('the options of the environment', () => {
  it('come together from groups and fields, the field having the last word', () => {
    const { options, problems } = fromEnvironment({
      AUTODUMP_RECORDER_WINDOW: '2000',
      AUTODUMP_RECORDER: '{"enabled":false,"window":1000}',
      AUTODUMP_THRESHOLDS_CPU_WATERMARK: '90',
      AUTODUMP_THRESHOLDS: '{"cpu":{"min":5},"heap":{"watermark":70}}',
      AUTODUMP_TOKEN: 'hunter2',
      PATH: '/bin',
    })
    expect(problems).toEqual([])
    expect(options).toEqual({
      recorder: { enabled: false, window: 2000 },
      thresholds: { cpu: { min: 5, watermark: 90 }, heap: { watermark: 70 } },
      auth: { token: 'hunter2' },
    })
  })

  it('take an empty variable as one that is not set', () => {
    expect(fromEnvironment({ AUTODUMP_DIR: '', AUTODUMP_TOKEN: '', AUTODUMP_LOG: '' })).toEqual({
      options: {},
      problems: [],
    })
  })

  it('are without a variable that is not valid, which is named with its rule and value, and with all others', () => {
    const { options, problems } = fromEnvironment({
      AUTODUMP_INTERVAL: '1s',
      AUTODUMP_HISTORY: '20',
      AUTODUMP_RETENTION: '{"maxDumps":0,"maxAge":5000}',
      AUTODUMP_RETENTION_MAX_AGE: '6000',
      AUTODUMP_LABELS: '{broken',
      AUTODUMP_LOG: 'loud',
    })
    expect(options).toEqual({ history: 20, retention: { maxAge: 6000 } })
    expect(problems.sort()).toEqual([
      'AUTODUMP_INTERVAL must be integer, got "1s"',
      'AUTODUMP_LABELS is not valid JSON',
      'AUTODUMP_LOG must be one of silent, error, warn, info',
      'AUTODUMP_RETENTION: retention.maxDumps must be >= 1, got 0',
    ])
  })

  it('blame only the field where a group and a field are set', () => {
    const { options, problems } = fromEnvironment({
      AUTODUMP_CPU_PROFILE: '{"duration":1000}',
      AUTODUMP_CPU_PROFILE_BLOCKED_DURATION: '5',
    })
    expect(options).toEqual({ cpuProfile: { duration: 1000 } })
    expect(problems).toEqual(['AUTODUMP_CPU_PROFILE_BLOCKED_DURATION must be >= 10, got 5'])
  })

  it('are without all of a group whose fields do not go together', () => {
    const { options, problems } = fromEnvironment({ AUTODUMP_ADMIN_PORT: '9464', AUTODUMP_ADMIN_PATH: '/run/a.sock' })
    expect(options).toEqual({})
    expect(problems).toHaveLength(2)
    for (const problem of problems) expect(problem).toContain('either a port (and a host) or a path')
  })

  it('name a variable that does not exist, but not what Kubernetes sets for a service of our name', () => {
    const { problems } = fromEnvironment({
      AUTODUMP_INTERVALL: '5',
      AUTODUMP_SERVICE_HOST: '10.0.0.1',
      AUTODUMP_SERVICE_PORT_HTTP: '80',
      AUTODUMP_PORT: 'tcp://10.0.0.1:80',
      AUTODUMP_PORT_80_TCP_ADDR: '10.0.0.1',
    })
    expect(problems).toEqual(['there is no variable AUTODUMP_INTERVALL'])
  })

  it('never show a token', () => {
    const { options, problems } = fromEnvironment({ AUTODUMP_TOKEN: 'hunter 2', AUTODUMP_AUTH: 'hunter3' })
    expect(options).toEqual({})
    expect(problems).not.toEqual([])
    expect(problems.join()).not.toMatch(/hunter/)
  })
})

import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, freePort, manifestsIn, startServer, temporaryDirectory, token } from '../support.js'

const isInstalled = spawnSync('prometheus', ['--version']).status === 0
if (!isInstalled) console.warn('Prometheus is not installed: what it makes of /metrics is not tested')

const alertRules = fileURLToPath(new URL('../../docs/prometheus/alerts.yml', import.meta.url))

/** Prometheus as the docs say, with a rule evaluation each second so that a test need not wait for it. */
async function startPrometheus(target: string) {
  const dir = temporaryDirectory()
  writeFileSync(join(dir, 'token'), token)
  const config = {
    global: { scrape_interval: '15s', evaluation_interval: '1s' },
    rule_files: [alertRules],
    scrape_configs: [
      {
        job_name: 'shop',
        metrics_path: '/debug/autodump/metrics',
        authorization: { credentials_file: join(dir, 'token') },
        static_configs: [{ targets: [target] }],
      },
    ],
  }
  writeFileSync(join(dir, 'prometheus.yml'), JSON.stringify(config))
  const port = await freePort()
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let output = ''
  child.stderr.on('data', chunk => (output += chunk))
  const exit = new Promise(resolve => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`).catch(() => null)
    return answer?.ok ? (((await answer.json()) as { data: unknown }).data as never) : null
  }
  const query = async (expr: string) => {
    const data = await ask(`query?query=${encodeURIComponent(expr)}`)
    return (data as { result: { metric: Record<string, string>; value: [number, string] }[] } | null)?.result ?? []
  }
  return { ask, query, output: () => output }
}

it.skipIf(!isInstalled)(
  'an incident of three seconds fires the alerts of the docs, scraped every 15 s at the port of the monitor thread',
  async () => {
    const server = await startServer({ admin: { port: 0 } } as never)
    const address = await eventually('the admin server', async () => (await server.status()).admin?.address)
    await server.warm()
    const { ask, query, output } = await startPrometheus(new URL(address).host)
    await eventually('the first scrape', async () => (await query('autodump_up == 1')).length > 0, 60_000)
    expect(await query('sum(autodump_dumps_total)')).toMatchObject([{ value: [expect.any(Number), '0'] }])

    await fetch(`${server.base}/block?ms=3000`)
    const [dump] = await eventually('the dump', async () => {
      const dumps = await manifestsIn(server.dir)
      return dumps.length > 0 && dumps
    })
    const trigger = `${dump?.trigger.metric}-${dump?.trigger.rule}`
    // Alertmanager would send these.
    const firing = await eventually(
      `the alerts, of which there are none: ${output()}`,
      async () => {
        const { alerts } = ((await ask('alerts')) ?? { alerts: [] }) as {
          alerts: { state: string; labels: Record<string, string> }[]
        }
        const firing = alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels)
        const names = new Set(firing.map(({ alertname }) => alertname))
        return names.has('AutodumpDumped') && names.has('EventLoopBlocked') && firing
      },
      90_000,
    )
    expect(firing.find(({ alertname }) => alertname === 'AutodumpDumped')).toMatchObject({ job: 'shop', trigger })
    const [blocked] = await query('autodump_blocked_seconds_total')
    expect(Number(blocked?.value[1])).toBeGreaterThan(2)

    const exemplars = (await ask(
      `query_exemplars?query=autodump_dumps_total&start=${Date.now() / 1000 - 600}&end=${Date.now() / 1000 + 600}`,
    )) as unknown as { exemplars: { labels: Record<string, string> }[] }[]
    expect(exemplars.flatMap(one => one.exemplars.map(({ labels }) => labels.dump_id))).toContain(dump?.id)
    // It has read every scrape.
    expect(await query('min_over_time(up[10m])')).toMatchObject([{ value: [expect.any(Number), '1'] }])
  },
  240_000,
)

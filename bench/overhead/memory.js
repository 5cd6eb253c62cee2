/**
 * What autodump takes of memory: RSS of the same app bare and with each contender, in processes of their own, in rounds:
 * at rest, and after ten minutes' worth of samples and recorder windows. Full collections before each reading, so that it
 * is not the garbage that is compared. Difference from bare in the same round: median [quartiles]. "Without files" leaves
 * out what all processes of the same binary share: pages of Node itself that are touched for the first time (Linux only).
 *
 *   npm run build && node bench/overhead/memory.js [--rounds 5] [--seconds 15] [--interval 25] [--only …] [--json]
 *
 * 15 s at 25 ms have as many samples as ten minutes at one second.
 */
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { contenders, isInstalled } from './contenders.js'
import { chosen, median, spread } from './figures.js'
import { serve } from './serve.js'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '15' },
    interval: { type: 'string', default: '25' },
    only: { type: 'string' },
    without: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const names = ['bare', ...chosen(Object.keys(contenders), options).filter(name => name !== 'bare' && isInstalled(name))]
process.env.BENCH_INTERVAL = options.interval
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

async function measure(contender) {
  const server = await serve('hello', contender, ['--expose-gc'])
  await server.ask('on')
  await pause(2000)
  await server.ask('collect')
  const { rss: rest, anonymous } = await server.ask('collect')
  await autocannon({ url: server.url, connections: 10, amount: 2000 })
  await pause(Number(options.seconds) * 1000)
  await server.ask('collect')
  const { rss: later } = await server.ask('collect')
  await server.end()
  return { rest, anonymous, later }
}

const rounds = []
for (let round = 0; round < Number(options.rounds); round++) {
  const measured = {}
  for (let turn = 0; turn < names.length; turn++) {
    const name = names[(turn + round) % names.length]
    measured[name] = await measure(name)
  }
  rounds.push(measured)
}
if (options.json) console.log(JSON.stringify({ node: process.version, options, rounds }))
else {
  const more = (name, key) =>
    spread(
      rounds.map(round => round[name][key] - round.bare[key]),
      1,
    )
  const row = name => ({
    'RSS at rest, MiB': median(rounds.map(round => round[name].rest)).toFixed(1),
    'more than bare': more(name, 'rest'),
    'without files': more(name, 'anonymous'),
    'RSS later, MiB': median(rounds.map(round => round[name].later)).toFixed(1),
    'more than bare, later': more(name, 'later'),
  })
  console.table(Object.fromEntries(names.map(name => [name, row(name)])))
}

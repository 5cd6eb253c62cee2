import { normal } from '../loads.js'
import { samplesOf } from './parts.js'

const begin = 900

/** Of `ulimit -n`, the usual soft limit. */
const limit = 1024

/**
 * A server whose clients keep their connections. Its sockets are handles too, its open files are not.
 *
 * @param clients connections at that second
 */
function server(u, { seconds = 1800, clients = () => 150, files = () => 0, sockets = () => 0 }) {
  const samples = samplesOf(seconds, now => {
    const connections = Math.max(0, clients(now) * (1 + 0.06 * normal(u))) + sockets(now)
    // Standard streams, the event loop's own, modules that are read.
    const open = 25 + Math.round(connections + files(now) + 4 * u())
    return { fds: Math.min(100, (100 * open) / limit), handles: 5 + Math.round(connections) }
  })
  const out = samples.findIndex(({ values }) => values.fds >= 100)
  return out < 0 ? samples : samples.slice(0, out)
}

/** What is opened and not closed from `begin` on, until there are no more: it must be found before. */
const leaks = (what, perSecond) => u => {
  const more = { [what]: now => Math.max(0, (now - begin) * perSecond) }
  const samples = server(u, { seconds: begin + Math.ceil(limit / perSecond), ...more })
  return { samples, windows: [[begin, samples.length - 1]] }
}

const healthy = clients => u => ({ samples: server(u, { clients: clients(u) }), windows: [] })

export const fds = {
  title: 'fds: open descriptors of 1,024',
  faults: {
    // cianclarke/node-gallery#24: two descriptors more with each page.
    '8 files a second': leaks('files', 8),
    'a file in two seconds': leaks('files', 0.5),
    '2 sockets a second': leaks('sockets', 2),
    'a socket in four seconds': leaks('sockets', 0.25),
  },
  ordinary: {
    '150 connections': healthy(() => () => 150),
    'half an hour, 50 to 450 connections': healthy(() => now => 250 - 200 * Math.cos((2 * Math.PI * now) / 1800)),
    'all clients come back at once': healthy(
      () => now => (now < begin ? 200 : now < begin + 5 ? 5 : now < begin + 60 ? 520 : 260),
    ),
    'a crawl of 300 sockets, a minute in five': healthy(() => now => (now % 300 < 60 ? 450 : 150)),
  },
  contenders: {
    'fds as shipped (80%)': { metrics: ['fds'] },
    'handles alone': { metrics: ['handles'] },
    'at 60%': { metrics: ['fds'], change: { watermark: 60 } },
    'at 95%': { metrics: ['fds'], change: { watermark: 95 } },
  },
}

import { randomUUID } from 'node:crypto'
import { isHiccup } from '../../analysis/starved.js'
import { sureCulpritOf } from '../../analysis/sure-culprit.js'
import { span } from '../../lib/units.js'
import type { Manifest } from '../../model/manifest.js'
import { createQueueClock } from '../outbox/queue-clock.js'
import { openQueueFile } from '../outbox/queue-file.js'
import type { RunningService, ServiceContext } from '../service.js'
import { dumped, type Episode, type Episodes, episodeOf, passed, stillMatching } from './episodes.js'
import { createWebhookLookup } from './forbidden-addresses.js'
import { linkTo, type Message, startMessage } from './message.js'
import { createMessageQueue, messageCodec } from './message-queue.js'
import { post } from './post.js'
import { createThreads } from './threads.js'

/**
 * Announces dumps by webhook: one message per episode, from the engine's own thread, so also while the app is blocked.
 */
export async function startNotifications({ api, data, report, onError }: ServiceContext): Promise<RunningService> {
  const { notify, dir } = data.options
  if (notify === null) return { stop: async () => {} }
  const place = { dir, publicUrl: notify.publicUrl }
  const clock = createQueueClock()
  const file = openQueueFile({ codec: messageCodec, dir, monitorId: data.monitorId, onError, clock })
  const names = createWebhookLookup()
  const threads = createThreads()
  let episodes: Episodes = {}

  const outbox = createMessageQueue({
    webhooks: notify.webhooks,
    post: (webhook, message, signal) =>
      post(webhook, message, { lookup: names.lookup, signal, now: Date.now(), threads }),
    save: deliveries => file.write({ deliveries, beside: episodes }),
    onStatus: status => report({ notify: status }),
    onError,
    now: clock.now,
  })
  outbox.restore(
    (await file.adopt()).flatMap(({ deliveries, beside, own }) => {
      episodes = { ...(own ? beside : episodesToKeep(beside)), ...episodes }
      return deliveries
    }),
  )

  function onDump(manifest: Manifest): void {
    const message = startMessage(randomUUID(), manifest, place)
    const { findings } = manifest.summary
    const name = episodeOf(manifest.trigger, findings)
    if (name === null) return outbox.send(message)
    const after = dumped(episodes, name, message, clock.now(), sureCulpritOf(manifest), isHiccup(findings))
    episodes = after.episodes
    if (after.isNews) outbox.send(message)
    else if (after.amends) outbox.send(updateMessage(message, episodes[name] as Episode))
    else outbox.touch()
  }

  function onSample(): void {
    if (Object.keys(episodes).length === 0) return
    const now = clock.now()
    const after = passed(episodes, stillMatching(api.status().metrics), now, notify!.quiet)
    episodes = after.episodes
    if (after.over.length === 0) return
    for (const episode of after.over)
      if (episode.dumps > 1 && !episode.endsUntold) outbox.send(endMessage(episode, now))
    outbox.touch()
  }

  /** A later dump of an episode knows better than the one that was told. */
  function updateMessage(message: Message, { since, dumps, message: { id: first } }: Episode): Message {
    const episode = { since: new Date(clock.toWall(since)).toISOString(), dumps }
    return { ...message, type: 'episode.updated', first, episode }
  }

  function endMessage(episode: Episode, now: number): Message {
    const { message, since, seenAt, dumps } = episode
    const { metric, rule } = message.trigger
    const what = metric === null ? rule : `${metric} ${rule}`
    return {
      ...message,
      id: randomUUID(),
      type: 'episode.ended',
      first: message.id,
      at: new Date().toISOString(),
      headline: `${what} is over`,
      summary: `${what}: ${dumps} dumps within ${span(Math.max(1000, seenAt - since))}, nothing more for ${span(now - seenAt)}; the last one is ${message.dump}`,
      link: linkTo(message.dump, place.publicUrl),
      episode: { since: new Date(clock.toWall(since)).toISOString(), dumps },
    }
  }

  api.on('dump', onDump)
  api.on('sample', onSample)
  return {
    async stop() {
      api.off('dump', onDump)
      api.off('sample', onSample)
      const deliveries = await outbox.stop()
      names.cancel()
      await file.leave({ deliveries, beside: episodesToKeep(episodes) })
    },
  }
}

/**
 * Keeps only episodes of another process that outlive it: its crashes, so that a crash loop is told once. All others
 * ended with it.
 */
function episodesToKeep(episodes: Episodes): Episodes {
  return Object.fromEntries(Object.entries(episodes).filter(([, { message }]) => message.trigger.metric === null))
}

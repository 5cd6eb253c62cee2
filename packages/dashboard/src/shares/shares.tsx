import { ask } from '../api/client.ts'
import type { Shares as Answer, ComparedShares } from '../api/types.ts'
import { Card } from '../ui/card.tsx'
import { Failure } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'
import './shares.css'

/** The extra cost of the newest version of each service per request, and its odd instances. */
export function Shares({ service }: { service: string }) {
  const { data, error, reload } = useLoad(signal => ask<Answer>('shares', { query: { service }, signal }), [service], {
    keep: true,
  })
  if (error !== null) return <Failure error={error} retry={reload} />
  // A bucket of processes that write none, or of one version: there is nothing to say.
  const told = data?.services.filter(({ changes, odd }) => changes.length > 0 || odd.length > 0) ?? []
  const silent = data?.services.filter(one => !told.includes(one)) ?? []
  if (!data || data.services.length === 0) return null
  return (
    <Card title="Cost per request">
      {told.length === 0 && <p class="muted">No function costs more or less per request than chance explains.</p>}
      {told.map(one => (
        <Service key={one.service} {...one} />
      ))}
      {silent.length > 0 && (
        <details class="shares-silent">
          <summary>Nothing to say of {silent.length === 1 ? '1 service' : `${silent.length} services`}</summary>
          <ul>
            {silent.map(({ service, version, than, silence }) => (
              <li key={service}>
                {versionOf({ service, version, than })}: {silence ?? 'no function has changed'}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}

/** Sentences that are shown at first. */
const most = 5

function Service({ service, version, than, changes, odd }: ComparedShares) {
  return (
    <section class="shares-service">
      <h3>{versionOf({ service, version, than: changes.length > 0 ? than : null })}</h3>
      <ul>
        {changes.slice(0, most).map(({ text, before, after }) => (
          <li key={text} data-way={after > before ? 'up' : 'down'}>
            {text}
          </li>
        ))}
      </ul>
      {changes.length > most && <p class="muted small">and {changes.length - most} more</p>}
      {odd.length > 0 && (
        <>
          <h4>Odd instances of {version}</h4>
          <ul>
            {odd.map(({ instance, text }) => (
              <li key={instance} data-way="up">
                <strong>{instance}</strong>: {text}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const versionOf = ({ service, version, than }: Pick<ComparedShares, 'service' | 'version' | 'than'>) =>
  `${service} ${version}${than === null ? '' : ` against ${than}`}`

import { status } from '../state/live.ts'
import { session } from '../state/session.ts'
import { Time } from '../ui/time.tsx'

export function Footer() {
  const dir = session.value?.place ?? status.value?.dir
  return (
    <footer class="foot">
      <OurFailures />
      <p>
        autodump {session.value?.version}
        {dir && (
          <>
            {' · '}dumps in <code>{dir}</code>
          </>
        )}
        {' · '}
        <a href="openapi.json">API</a>
      </p>
    </footer>
  )
}

/** Failures of autodump itself. The app is well; they may explain missing evidence. */
function OurFailures() {
  const errors = status.value?.errors ?? []
  if (errors.length === 0) return null
  const count = errors.reduce((sum, error) => sum + error.count, 0)
  return (
    <details class="failures">
      <summary>
        autodump itself had {count} {count === 1 ? 'failure' : 'failures'}
      </summary>
      <ul>
        {errors.toReversed().map(({ at, what, message, count }) => (
          <li key={what + message}>
            <Time at={at} relative /> <strong>{what}</strong>: {message}
            {count > 1 && ` (${count} times)`}
          </li>
        ))}
      </ul>
    </details>
  )
}

import { useEffect } from 'preact/hooks'
import { chooseInstance, instance, instances, refreshInstances } from '../state/instance.ts'
import { condition, connection } from '../state/live.ts'
import { Button } from '../ui/button.tsx'
import { seconds } from '../ui/format.ts'

/**
 * Trouble that concerns the whole page: it is there only while the trouble is. A counter is not read out each second.
 */
export function Banner() {
  const { tone, text, lasts, detail } = condition.value
  const isLost = connection.value === 'lost'
  const isGone = isLost && instance.value !== null && instances.value.length > 0 && !isListed(instance.value)
  useEffect(() => {
    // Has it ended, or is it only silent?
    if (isLost && instance.peek()) refreshInstances().catch(() => {})
  }, [isLost])
  return (
    <div role="status" aria-live="polite">
      {(tone === 'alarm' || isGone) && (
        <div class="banner">
          <strong>
            {isGone ? 'That process has ended' : text.charAt(0).toUpperCase() + text.slice(1)}
            {!isGone && lasts !== undefined && <span aria-hidden="true"> for {seconds(lasts)}</span>}
          </strong>
          <span>{isGone ? 'Its dumps are still in the list.' : detail}</span>
          {isLost && instance.value && (
            <Button onClick={() => chooseInstance(null)}>Show the process that answers</Button>
          )}
        </div>
      )}
    </div>
  )
}

const isListed = (id: string) => instances.value.some(one => one.id === id || String(one.pid) === id)

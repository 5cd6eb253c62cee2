import { effect, signal } from '@preact/signals'
import { ask } from '../api/client.ts'
import type { Instance } from '../api/types.ts'
import { route, setQuery } from './route.ts'

/** Which process the page shows: an id of the fleet, or `null` for the one that answers. As `?instance=` in requests. */
export const instance = signal<string | null>(null)

/** The processes that share the dump directory, the oldest first; empty until they were asked for. */
export const instances = signal<Instance[]>([])

/** @throws ApiError */
export async function refreshInstances(): Promise<void> {
  instances.value = (await ask<{ instances: Instance[] }>('instances')).instances
}

/** Shows that process from now on, in every view. */
export function chooseInstance(id: string | null): void {
  instance.value = id
  setQuery({ instance: id ?? undefined })
}

// The choice lies in the address, so that a link shows the same process; and it stays when a link says nothing of it.
effect(() => {
  const named = route.value.query.get('instance')
  if (named) instance.value = named
  else if (instance.peek()) setQuery({ instance: instance.peek() as string })
})

export type Command = 'search' | 'next' | 'previous' | 'help'

const commands: Record<string, Command> = { '/': 'search', j: 'next', k: 'previous', '?': 'help' }

interface Key extends Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented'> {
  target: unknown
}

/** The command of a key; nothing while somebody types, or with a key of the browser or the system. */
export function commandOf({ key, ctrlKey, metaKey, altKey, defaultPrevented, target }: Key): Command | undefined {
  if (ctrlKey || metaKey || altKey || defaultPrevented || isTyped(target)) return undefined
  return Object.hasOwn(commands, key) ? commands[key] : undefined
}

function isTyped(target: unknown): boolean {
  const { tagName = '', isContentEditable = false } = (target ?? {}) as {
    tagName?: string
    isContentEditable?: boolean
  }
  return isContentEditable || /^(?:input|textarea|select)$/i.test(tagName)
}

/** The row after or before the one at `at`; -1: none has the focus, so the first one is next. It stops at the ends. */
export const nextOf = (at: number, step: 1 | -1, count: number): number =>
  at === -1 ? 0 : Math.max(0, Math.min(count - 1, at + step))

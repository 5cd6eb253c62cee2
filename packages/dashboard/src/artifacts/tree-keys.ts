/**
 * The arrow keys of a tree (role `tree`): up and down go to the line above and below, right opens and then goes in, left
 * closes and then goes out, Home and End to the ends. Enter and the space bar click on the line.
 */
export function onTreeKey(event: KeyboardEvent): void {
  const tree = event.currentTarget as HTMLElement
  const current = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]')
  if (!current || event.ctrlKey || event.metaKey || event.altKey) return
  const items = [...tree.querySelectorAll<HTMLElement>('[role=treeitem]')]
  const at = items.indexOf(current)
  const level = (item: HTMLElement | undefined) => Number(item?.getAttribute('aria-level') ?? 0)
  const expanded = current.getAttribute('aria-expanded')
  const focus = (item: HTMLElement | undefined) => item?.focus()

  if (event.key === 'ArrowDown') focus(items[at + 1])
  else if (event.key === 'ArrowUp') focus(items[at - 1])
  else if (event.key === 'Home') focus(items[0])
  else if (event.key === 'End') focus(items.at(-1))
  else if (event.key === 'ArrowRight') {
    if (expanded === 'false') current.click()
    else if (level(items[at + 1]) > level(current)) focus(items[at + 1])
  } else if (event.key === 'ArrowLeft') {
    if (expanded === 'true') current.click()
    else focus(items.slice(0, at).findLast(item => level(item) < level(current)))
  } else if (event.key === 'Enter' || event.key === ' ') {
    current.click()
  } else return
  event.preventDefault()
}

/** One line takes part in the tab order, the one that had the focus last; so Tab leaves the tree. */
export function onTreeFocus(event: FocusEvent): void {
  const item = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]')
  if (!item) return
  for (const other of (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(
    '[role=treeitem][tabindex="0"]',
  ))
    other.tabIndex = -1
  item.tabIndex = 0
}

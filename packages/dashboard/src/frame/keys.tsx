import { useEffect, useState } from 'preact/hooks'
import { href, navigate, route } from '../state/route.ts'
import { Dialog } from '../ui/dialog.tsx'
import { commandOf, nextOf } from './key-commands.ts'

const keys: [key: string, what: string][] = [
  ['/', 'Search the dumps'],
  ['j', 'To the next row'],
  ['k', 'To the row before'],
  ['Enter', 'Open the row'],
  ['?', 'Show these keys'],
]

/** The mark of a search field for `/`, and of a link for `j` and `k`. */
const [search, row] = ['#main [data-search]', '#main [data-row]']

/** The keys of the page, and the dialog that tells them. */
export function Keys() {
  const [isTold, setTold] = useState(false)
  const [wantsSearch, setWantsSearch] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event)
      if (command === undefined || document.querySelector('dialog[open]')) return
      event.preventDefault()
      if (command === 'help') setTold(true)
      else if (command === 'search') setWantsSearch(true)
      else goTo(command === 'next' ? 1 : -1)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  useEffect(() => {
    if (!wantsSearch) return
    if (focusSearch()) return setWantsSearch(false)
    if (route.peek().path.join('/') !== 'dumps') navigate(href('dumps'))
    // The view may still have to be loaded.
    const observer = new MutationObserver(() => focusSearch() && setWantsSearch(false))
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [wantsSearch])
  if (!isTold) return null
  return (
    <Dialog title="Keys" onClose={() => setTold(false)}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
    </Dialog>
  )
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLElement>(search)
  field?.focus()
  return field !== null
}

function goTo(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(row)]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[nextOf(at, step, rows.length)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

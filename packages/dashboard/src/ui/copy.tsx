import { Button } from './button.tsx'
import { toast } from './toast.tsx'

/** Puts a text into the clipboard, which may have to be asked for first. */
export function Copy({ text, label = 'Copy' }: { text: string | (() => Promise<string>); label?: string }) {
  async function copy() {
    if (!navigator.clipboard) return toast('This browser lets pages copy over HTTPS or on localhost only')
    try {
      await write(text)
      toast('Copied')
    } catch (error) {
      toast(`Not copied: ${(error as Error).message}`)
    }
  }
  return (
    <Button tone="ghost" onClick={copy}>
      {label}
    </Button>
  )
}

/** A text that comes later is handed over as a promise: browsers let pages copy only as the answer to a click. */
async function write(text: string | (() => Promise<string>)): Promise<void> {
  if (typeof text === 'string') return navigator.clipboard.writeText(text)
  const blob = text().then(found => new Blob([found], { type: 'text/plain' }))
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
}

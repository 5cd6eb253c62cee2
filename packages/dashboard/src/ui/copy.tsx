import { Button } from './button.tsx'
import { toast } from './toast.tsx'

/** Puts a text into the clipboard. */
export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      toast('Copied')
    } catch {
      toast('This browser lets pages copy over HTTPS or on localhost only')
    }
  }
  return (
    <Button tone="ghost" onClick={copy}>
      {label}
    </Button>
  )
}

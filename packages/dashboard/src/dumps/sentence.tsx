import { Linked } from '../ui/outside.tsx'

/**
 * The sentence of a dump: what happened stands out from who did it and what else there was.
 *
 * @param links whether the address of its trace is a link: not within another one
 */
export function Sentence({ text, links }: { text: string; links?: true }) {
  const end = text.indexOf('; ')
  if (end === -1) return <strong class="dumps-what">{text}</strong>
  return (
    <>
      <strong class="dumps-what">{text.slice(0, end)}</strong>
      {links ? <Linked text={text.slice(end)} /> : text.slice(end)}
    </>
  )
}

/** The sentence of a dump: what happened stands out from who did it and what else there was. */
export function Sentence({ text }: { text: string }) {
  const end = text.indexOf('; ')
  if (end === -1) return <strong class="dumps-what">{text}</strong>
  return (
    <>
      <strong class="dumps-what">{text.slice(0, end)}</strong>
      {text.slice(end)}
    </>
  )
}

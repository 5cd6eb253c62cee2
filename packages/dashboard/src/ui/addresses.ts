/**
 * The parts of a sentence of ours: an address after the word that says it is of a trace, and the rest. Other addresses may
 * come from requests, and are no links.
 */
export function splitAddresses(text: string): { text: string; isTrace: boolean }[] {
  const [, before = text, url = '', after = ''] =
    /^(.*(?:; t|\. T)race )(https?:\/\/[^\s;]+?)(;.*|\.(?: .*)?)?$/s.exec(text) ?? []
  return [
    { text: before, isTrace: false },
    { text: url, isTrace: true },
    { text: after, isTrace: false },
  ].filter(part => part.text !== '')
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of an element without children. The protocol uses only the five entities of XML and numeric ones. */
export function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}

/** The text of the first element of that name, at any depth. */
export function textOf(xml: string, name: string): string | undefined {
  const [element] = elementsOf(xml, name)
  return element === undefined ? undefined : decoded(element)
}

/** The content of each element of that name. Elements of one name are not nested in this protocol. */
export function elementsOf(xml: string, name: string): string[] {
  const found: string[] = []
  const open = new RegExp(`<${name}(?:\\s[^>]*)?(/)?>`, 'g')
  const close = `</${name}>`
  for (let match = open.exec(xml); match; match = open.exec(xml)) {
    if (match[1]) {
      found.push('')
      continue
    }
    const end = xml.indexOf(close, open.lastIndex)
    if (end < 0) break
    found.push(xml.slice(open.lastIndex, end))
    open.lastIndex = end
  }
  return found
}

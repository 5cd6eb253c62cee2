import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a zip archive, by name. Throws where a checksum is wrong, or the archive is not whole. */
export function readZip(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
  if (end < 0) throw new Error('the archive has no end')
  const files: Record<string, string> = {}
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset))
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength as number))
    const header = zip.readUInt32LE(at + 42)
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const stored = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    const content = zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(stored) : stored
    if (crc32(content) !== zip.readUInt32LE(at + 16)) throw new Error(`the checksum of ${name} is wrong`)
    files[name] = content.toString()
    at += 46 + (nameLength as number) + (extraLength as number) + (commentLength as number)
  }
  return files
}

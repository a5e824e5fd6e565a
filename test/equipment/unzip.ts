import { inflateRawSync } from 'node:zlib'

/** The files of a zip by name. In: all its bytes. It shares no code with what writes zips. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, named, extra, said, start] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
      bytes.readUInt32LE(at + 42),
    ]
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
    const packed = bytes.subarray(from, from + size)
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + named),
      method === 8 ? inflateRawSync(packed) : Buffer.from(packed),
    )
    at += 46 + named + extra + said
  }
  return files
}

const others: [begins: number[], is: string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a picture'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'a workbook of an old kind'],
  [[0x1f, 0x8b], 'a packed file'],
  [[0x52, 0x61, 0x72, 0x21], 'a packed file'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0x4d, 0x5a], 'a program'],
]

/** In: a file. Out: why it cannot be a sheet, said at once and whatever its name is; null where it has to be read to know. */
export function whyNoSheet(file: unknown): string | null {
  if (!(file instanceof Uint8Array) || file.length === 0) return 'This file is empty.'
  const found = others.find(([begins]) => begins.every((byte, at) => file[at] === byte))
  return found ? `This is ${found[1]}, not a sheet. Save your list as CSV or XLSX and bring that.` : null
}

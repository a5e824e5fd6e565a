import { File, FileArchive, FileSpreadsheet, FileText, Image } from 'lucide-react'
import { previewOf } from '#shared/files.ts'

/** A small drawing of what a file is; the words beside it say the same. */
export function FileIcon({ name, media_type }: { name: string; media_type: string }) {
  const Icon = iconOf(name, media_type)
  return <Icon aria-hidden="true" />
}

function iconOf(name: string, media_type: string) {
  if (previewOf(media_type) === 'image') return Image
  if (/spreadsheet/.test(media_type) || /\.(csv|tsv|xlsx?|ods)$/i.test(name)) return FileSpreadsheet
  if (/zip|7z/.test(media_type)) return FileArchive
  if (media_type === 'application/pdf' || /word|text\//.test(media_type)) return FileText
  return File
}

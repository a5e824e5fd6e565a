const named: Record<string, string> = {
  'image/png': 'PNG picture',
  'image/jpeg': 'JPEG picture',
  'image/gif': 'GIF picture',
  'image/webp': 'WebP picture',
  'image/avif': 'AVIF picture',
  'image/svg+xml': 'SVG drawing',
  'application/pdf': 'PDF',
  'application/zip': 'ZIP archive',
  'application/gzip': 'GZIP archive',
  'application/x-7z-compressed': '7-Zip archive',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel workbook',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint slides',
  'application/x-ole-storage': 'Older Office file',
  'application/x-msdownload': 'Windows program',
  'application/x-executable': 'Program',
  'video/mp4': 'Video',
  'text/html': 'Web page',
  'application/xml': 'XML',
}

/** What a file is, for people: from its bytes where they say it, else from the end of its name. */
export function fileKind(name: string, media_type: string): string {
  const known = named[media_type]
  if (known) return known
  const [, ending] = /\.([a-z0-9]{1,5})$/i.exec(name) ?? []
  if (ending) return `${ending.toUpperCase()} file`
  return media_type === 'text/plain' ? 'Text' : 'File'
}

/** "340 bytes", "12 kB", "2.4 MB". */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  const kilobytes = bytes / 1024
  if (kilobytes < 999.5) return `${Math.max(1, Math.round(kilobytes))} kB`
  const megabytes = (kilobytes / 1024).toFixed(1)
  return `${megabytes.replace(/\.0$/, '')} MB`
}

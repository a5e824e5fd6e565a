import { Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { previewOf } from '#shared/files.ts'
import { fileKind, fileSize } from '../../shell/file-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/states.tsx'
import './files.css'

type Props = {
  file: { name: string; media_type: string; size: number }
  /** Where the bytes are looked at, and where they are saved from. */
  look: string
  save: string
  onClose: () => void
}

/** A picture or a PDF in the page. Both come with words to the browser that let nothing in them run. */
export function PreviewDialog({ file, look, save, onClose }: Props) {
  const [failed, setFailed] = useState(false)
  // Not the frame: keys pressed there are the viewer's, and Esc would close nothing.
  const first = useRef<HTMLButtonElement>(null)
  const kind = previewOf(file.media_type)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      initialFocus={first}
      title={file.name}
      footnote={
        kind === 'pdf'
          ? 'Nothing to see? Some browsers do not show PDFs. Download it instead.'
          : `${fileKind(file.name, file.media_type)}, ${fileSize(file.size)}`
      }
      actions={
        <>
          <Button ref={first} onClick={onClose}>
            Close
          </Button>
          <Button variant="primary" icon={<Download />} render={<a href={save} download />}>
            Download
          </Button>
        </>
      }
    >
      {failed ? (
        <ErrorState title="This picture can't be shown." safe="Download it to open it." />
      ) : kind === 'image' ? (
        <img className="files-picture" src={look} alt={file.name} onError={() => setFailed(true)} />
      ) : (
        <iframe className="files-pdf" src={look} title={file.name} />
      )}
    </Dialog>
  )
}

import { Ellipsis } from 'lucide-react'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { type FileRow, getFileContent, previewOf } from '#shared/files.ts'
import { addressOf } from '../../api.ts'
import { paths } from '../../paths.ts'
import { fileKind, fileSize } from '../../shell/file-words.ts'
import { VisibilityChip } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Link } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Time } from '../../ui/time.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useFileActs } from './file-acts.ts'
import { FileIcon } from './file-icon.tsx'
import './files.css'

const PreviewDialog = lazy(() => import('./preview-dialog.tsx').then((m) => ({ default: m.PreviewDialog })))

const lookAt = (file: FileRow) => addressOf(getFileContent, { params: { file: file.id }, query: { inline: '1' } })
const saveFrom = (file: FileRow) => addressOf(getFileContent, { params: { file: file.id } })

type Props = {
  files: FileRow[]
  called: string
  work: boolean
  /** In the narrow column of a deal. */
  narrow?: boolean
}

/** Files, newest first, each with who can see it. */
export function FileList({ files, called, work, narrow }: Props) {
  const [shown, show] = useState<FileRow | null>(null)
  return (
    <>
      <ul className={narrow ? 'files-list files-narrow' : 'files-list'}>
        {files.map((file) => (
          <Row key={file.id} file={file} called={called} work={work} narrow={narrow} onShow={() => show(file)} />
        ))}
      </ul>
      {shown && (
        <Suspense fallback={null}>
          <PreviewDialog file={shown} look={lookAt(shown)} save={saveFrom(shown)} onClose={() => show(null)} />
        </Suspense>
      )}
    </>
  )
}

type RowProps = Omit<Props, 'files'> & { file: FileRow; onShow: () => void }

function Row({ file, called, work, narrow, onShow }: RowProps) {
  const acts = useFileActs(called)
  const preview = previewOf(file.media_type) !== null
  const label = `${file.name}, more`
  const save = () => window.location.assign(saveFrom(file))
  const changes: ComponentProps<typeof Menu>['items'] = [
    file.shared
      ? { label: 'Stop sharing', onSelect: () => void acts.stop(file) }
      : { label: `Share with ${called}`, onSelect: () => void acts.share(file) },
    'separator',
    { label: 'Remove', danger: true, onSelect: () => void acts.remove(file) },
  ]
  return (
    <li>
      <span className="files-icon">
        <FileIcon name={file.name} media_type={file.media_type} />
      </span>
      <div className="files-what">
        {preview ? (
          <button type="button" className="files-name" aria-haspopup="dialog" onClick={onShow}>
            {file.name}
          </button>
        ) : (
          <a className="files-name" href={saveFrom(file)} download>
            {file.name}
            <span className="ui-vh"> (download)</span>
          </a>
        )}
        <span className="files-facts">
          <span>{fileKind(file.name, file.media_type)}</span>
          <span>{fileSize(file.size)}</span>
          <span>{file.author.name}</span>
          {narrow && <Time value={file.created_at} />}
          {file.deal && !narrow && (
            <span>
              for <Link href={paths.deal(file.deal.ref)}>{file.deal.customer_company}</Link>
            </span>
          )}
        </span>
      </div>
      <span className="files-seen">
        <Tooltip content={file.why}>
          <button type="button" className="files-why">
            <VisibilityChip sharedWith={file.visible ? called : null} short={narrow ?? false} />
          </button>
        </Tooltip>
      </span>
      {!narrow && (
        <span className="files-time">
          <Time value={file.created_at} />
        </span>
      )}
      <Menu
        label={label}
        align="end"
        trigger={<IconButton label={label} icon={<Ellipsis />} size="small" className="files-more" />}
        items={[
          ...(preview ? [{ label: 'Look at it', onSelect: onShow }] : []),
          { label: 'Download', onSelect: save },
          { label: 'Who saw this', href: paths.log('views', `record=${file.id}`) },
          ...(work ? changes : []),
        ]}
      />
    </li>
  )
}

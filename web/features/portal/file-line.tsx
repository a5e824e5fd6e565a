import { Download, Eye } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { getPortalFileContent, type PortalFile, previewOf } from '#shared/files.ts'
import { addressOf } from '../../api.ts'
import { fileKind, fileSize } from '../../shell/file-words.ts'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Time } from '../../ui/time.tsx'
import { FileIcon } from '../files/file-icon.tsx'
import { usePortal } from './portal.tsx'
import './portal-files.css'

const PreviewDialog = lazy(() => import('../files/preview-dialog.tsx').then((m) => ({ default: m.PreviewDialog })))

/** One shared file: what it is, from whom, to look at and to save. While a member looks as someone, through their eyes. */
export function FileLine({ file, of_deal }: { file: PortalFile; of_deal?: boolean }) {
  const { workspace, viewAs, hrefs } = usePortal()
  const [shown, show] = useState(false)
  const from = (inline?: '1') =>
    addressOf(getPortalFileContent, { params: { workspace, file: file.id }, query: { inline, view_as: viewAs } })
  return (
    <div className="portal-file">
      <span className="portal-file-icon">
        <FileIcon name={file.name} media_type={file.media_type} />
      </span>
      <div className="portal-file-what">
        <b>{file.name}</b>
        <span className="portal-small">
          {[fileKind(file.name, file.media_type), fileSize(file.size), file.author_name].filter(Boolean).join(' · ')}
          {' · '}
          <Time value={file.created_at} />
          {file.deal && !of_deal && (
            <>
              {' · for '}
              <Link href={hrefs.deal(file.deal.ref)}>{file.deal.customer_company}</Link>
            </>
          )}
        </span>
      </div>
      <div className="portal-acts">
        {previewOf(file.media_type) && (
          <Button size="form" icon={<Eye />} aria-haspopup="dialog" onClick={() => show(true)}>
            Look at it<span className="ui-vh"> ({file.name})</span>
          </Button>
        )}
        <Button size="form" icon={<Download />} render={<a href={from()} download />}>
          Download<span className="ui-vh"> {file.name}</span>
        </Button>
      </div>
      {shown && (
        <Suspense fallback={null}>
          <PreviewDialog file={file} look={from('1')} save={from()} onClose={() => show(false)} />
        </Suspense>
      )}
    </div>
  )
}

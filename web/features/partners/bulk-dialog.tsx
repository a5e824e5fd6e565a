import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Bulk, Done, Preview } from './use-bulk.ts'

const partners = (n: number) => (n === 1 ? '1 partner' : `${n} partners`)

/** What a change of many would do, before it is done; and afterwards, which it left out. */
export function BulkDialog({ bulk }: { bulk: Bulk }) {
  const { stage } = bulk
  if (!stage) return null
  if (stage.step === 'failed')
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && bulk.close()}
        title={`${stage.done.changed} changed, ${stage.done.refused_count} failed`}
        size="small"
        actions={
          <>
            <Button onClick={() => void bulk.again(stage.done, stage.body)}>Try again</Button>
            <Button variant="primary" onClick={bulk.close}>
              Close
            </Button>
          </>
        }
      >
        <Refused {...stage.done} />
      </Dialog>
    )
  const { preview } = stage
  // Up to 25 are changed at once; nothing to show on the way.
  if (!preview && stage.step === 'applying') return null
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && bulk.close()}
      title={preview?.says ?? 'Counting'}
      size="small"
      footnote="You can undo this for 24 hours."
      actions={
        <>
          <Button onClick={bulk.close}>Cancel</Button>
          {preview && preview.changes > 0 && (
            <Button
              variant="primary"
              busy={stage.step === 'applying'}
              onClick={() => void bulk.apply(stage.body, preview)}
            >
              {stage.body.change.archived ? 'Archive' : 'Change'} {partners(preview.changes)}
            </Button>
          )}
        </>
      }
    >
      {preview ? <Counts {...preview} archive={stage.body.change.archived === true} /> : <Skeleton count={3} />}
    </Dialog>
  )
}

function Counts(preview: Preview & { archive: boolean }) {
  const { changes, already, refused_count, from, archive } = preview
  return (
    <div className="ui-stack">
      <ul className="bulk-counts">
        <li>
          <b>{changes}</b> will change
          {from.length > 1 && (
            <span className="ui-muted">: {from.map((it) => `${it.partners} from ${it.label}`).join(', ')}</span>
          )}
        </li>
        {already > 0 && (
          <li>
            <b>{already}</b> {already === 1 ? 'is' : 'are'} so already
          </li>
        )}
        {refused_count > 0 && (
          <li>
            <b>{refused_count}</b> you may not change
          </li>
        )}
      </ul>
      {archive && changes > 0 && (
        <p className="ui-muted">Their people can no longer sign in. Open deals stay open, and nothing is lost.</p>
      )}
      <Refused {...preview} />
    </div>
  )
}

function Refused({ refused, refused_count }: Pick<Done, 'refused' | 'refused_count'>) {
  if (refused.length === 0) return null
  return (
    <ul className="bulk-refused" aria-label="Left as they are">
      {refused.slice(0, 20).map((one) => (
        <li key={one.id}>
          <Link href={paths.partner(one.slug)}>{one.legal_name}</Link>
          <span className="ui-muted">{one.why}</span>
        </li>
      ))}
      {refused_count > 20 && <li className="ui-muted">and {refused_count - 20} more</li>}
    </ul>
  )
}

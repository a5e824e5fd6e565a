import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ArchivePreview, archivePartner, type Partner, previewArchive, restorePartner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { calledName, listNames } from '../../shell/deal-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { AccessEffects } from './access-effects.tsx'
import { useRefresh, wordsOf } from './use-partner.ts'

/** Archives a partner, or restores an archived one: first what that takes from whom, or gives back. */
export function ArchiveDialog({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const archived = partner.archived_at !== null
  const called = calledName(partner.legal_name)
  const at = { params: { partner: partner.id } }
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  // While it happens, what would happen is not asked again.
  const { data, isError, isFetching, refetch } = useQuery({
    ...ask(previewArchive, at),
    staleTime: 0,
    enabled: !state.busy,
  })
  const refresh = useRefresh()
  const toast = useToast()
  const ready = isError || isFetching ? undefined : data

  const takeBack = async (was_archived: boolean) => {
    try {
      await call(was_archived ? archivePartner : restorePartner, at)
      toast.show({ text: was_archived ? `${called} is archived again.` : `${called} is back as it was.` })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
    await refresh()
  }
  const go = async () => {
    setState({ busy: true, failed: null })
    try {
      await call(archived ? restorePartner : archivePartner, at)
      await refresh()
      toast.show({
        text: archived
          ? `${called} is back as it was. Nothing was emailed.`
          : `${called} is archived. Nothing was emailed.`,
        undo: () => void takeBack(archived),
      })
      onClose()
    } catch (error) {
      setState({ busy: false, failed: wordsOf(error) })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={archived ? `Restore ${called}?` : `Archive ${called}?`}
      footnote={archived ? '' : 'You can restore it at any time.'}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={state.busy}
            reason={ready ? undefined : "See first what changes. The preview isn't there yet."}
            onClick={() => void go()}
          >
            {archived ? 'Restore' : 'Archive'} {called}
          </Button>
        </>
      }
    >
      <div className="ui-stack">
        {state.failed && (
          <Banner tone="danger" role="alert">
            {state.failed}
          </Banner>
        )}
        {isError && (
          <Banner tone="danger" role="alert" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            Can&apos;t build the preview. Nothing was changed.
          </Banner>
        )}
        {!data && !isError && <Skeleton kind="text" />}
        {data && !isError && (
          <>
            <p>{archived ? whoComesBack(data) : whatArchivingDoes(data)}</p>
            {data.exposure.contacts.length > 0 && (
              <div className="partner-difference">
                <AccessEffects exposure={data.exposure} />
              </div>
            )}
            <p className="ui-muted">
              {archived
                ? 'Owner, tags, status and permissions are what they were. Nobody is told.'
                : 'It leaves the daily lists. Notes, tags, status, permissions and history stay as they are. Nobody is told.'}
            </p>
          </>
        )}
      </div>
    </Dialog>
  )
}

const open = (n: number) => `${n === 0 ? 'No' : n} open ${n === 1 ? 'deal stays' : 'deals stay'} open`

/** "2 open deals stay open and 3 people lose access: Ana, Ben and Cem." */
function whatArchivingDoes({ open_deals, people }: ArchivePreview): string {
  if (people.length === 0) return `${open(open_deals)}. Nobody there can get in.`
  const lose = people.length === 1 ? '1 person loses access' : `${people.length} people lose access`
  return `${open(open_deals)} and ${lose}: ${listNames(people)}.`
}

function whoComesBack({ people }: ArchivePreview): string {
  return people.length === 0
    ? 'Nobody there can get in, before or after.'
    : `${listNames(people)} can get in again, and ${people.length === 1 ? 'sees' : 'see'} what they saw before.`
}

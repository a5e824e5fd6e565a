import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { listContacts } from '#shared/contacts.ts'
import { getTwin } from '#shared/merges.ts'
import type { Partner } from '#shared/partners.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { Strip } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useDifferent } from './use-different.ts'
import { useMayRestore } from './use-partner.ts'

const ArchiveDialog = lazy(() => import('./archive-dialog.tsx').then((m) => ({ default: m.ArchiveDialog })))

/** Under the header, only when something is wrong: the partner is archived, a mail came to nobody, nobody is the main contact, another one looks like the same company. */
export function PartnerStrip({ partner }: { partner: Partner }) {
  const { data } = useQuery(ask(listContacts, { params: { partner: partner.id } }))
  if (partner.archived_at) return <Archived partner={partner} />
  if (!data || !partner.can.work) return null
  const here = data.items.filter(({ left_at }) => !left_at)
  const bounced = here.find(({ invitation }) => invitation.state === 'bounced')
  const contacts = paths.partner(partner.slug, 'contacts')
  if (bounced)
    return (
      <Strip
        tone="danger"
        end={
          <Button size="small" href={`${contacts}?edit=${bounced.id}`}>
            Fix the address
          </Button>
        }
      >
        The invitation to {bounced.name} could not be delivered to {bounced.email}.
      </Strip>
    )
  if (here.length > 0 && !here.some(({ is_main }) => is_main))
    return (
      <Strip
        tone="warn"
        end={
          <Button size="small" href={contacts}>
            Choose one
          </Button>
        }
      >
        Nobody is the main contact here.
      </Strip>
    )
  return <Twin partner={partner} />
}

/** Another partner that looks like the same company. */
function Twin({ partner }: { partner: Partner }) {
  const { data } = useQuery(ask(getTwin, { params: { partner: partner.id } }))
  const different = useDifferent(partner.id)
  if (!data?.twin) return null
  const { twin, can } = data
  return (
    <Strip
      tone="neutral"
      end={
        <>
          <Button size="small" href={can.merge ? paths.merge(partner.slug, twin.id) : paths.partner(twin.slug)}>
            {can.merge ? 'Compare' : 'Open it'}
          </Button>
          <Button size="small" onClick={() => void different(twin)}>
            Not the same
          </Button>
        </>
      }
    >
      Looks like <b>{twin.legal_name}</b>: {twin.why}.
    </Strip>
  )
}

function Archived({ partner }: { partner: Partner }) {
  const [restoring, setRestoring] = useState(false)
  const may = useMayRestore()
  return (
    <>
      <Strip
        tone="neutral"
        end={
          may && (
            <Button size="small" onClick={() => setRestoring(true)}>
              Restore
            </Button>
          )
        }
      >
        This partner is archived. Everything can be read, nothing changed.
        {!may && ' An admin or the owner restores it.'}
      </Strip>
      {restoring && (
        <Suspense fallback={null}>
          <ArchiveDialog partner={partner} onClose={() => setRestoring(false)} />
        </Suspense>
      )}
    </>
  )
}

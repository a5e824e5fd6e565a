import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { exportCompany, getCompanyContents } from '#shared/exports.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { contentsWords } from './size-words.ts'
import { useExport } from './use-export.ts'

const DeleteCompany = lazy(() => import('./delete-company.tsx').then((m) => ({ default: m.DeleteCompany })))

/** Take everything along. */
export function ExportEverything() {
  const { isAdmin } = useSession()
  const { data } = useQuery({ ...ask(getCompanyContents, {}), enabled: isAdmin })
  const { busy, run } = useExport('Everything exported. The log says so, too.')
  return (
    <Card title="Export everything">
      <p>
        One zip with a CSV file for each kind of thing, and every file. Nothing secret is in it: no passwords, no
        sign-in links.
      </p>
      {data && <p className="ui-muted">{contentsWords(data).join(', ')}.</p>}
      <Button
        icon={<Download />}
        busy={busy}
        onClick={() => void run(() => call(exportCompany, {}))}
        {...(isAdmin ? {} : { reason: 'Only admins export the whole company.' })}
      >
        Export everything
      </Button>
      {busy && (
        <p className="ui-muted" role="status">
          Putting it together. Keep this page open; with many files it takes a while.
        </p>
      )}
    </Card>
  )
}

/** The end. Admins only; others do not see it at all. */
export function DeleteCompanyCard() {
  const { isAdmin, member } = useSession()
  const [open, setOpen] = useState(false)
  if (!isAdmin || !member) return null
  return (
    <Card title={`Delete ${member.company}`}>
      <p>Removes the company with everything in it, for you, your team and every partner. It cannot be undone.</p>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete this company
      </Button>
      {open && (
        <Suspense>
          <DeleteCompany onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Card>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { ChevronRight, FileSpreadsheet, Handshake, Telescope } from 'lucide-react'
import { useState } from 'react'
import { addSampleData } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/go.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextButton } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'

/** The third screen: three ways to begin, none of them binding. */
export function FirstStep({ mailWorks }: { mailWorks: boolean }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const queries = useQueryClient()
  const go = useGo()
  const lookAround = async () => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await call(addSampleData, {})
      await queries.invalidateQueries()
      go(paths.home)
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.detail : "We couldn't add the sample data.")
      setBusy(false)
    }
  }
  return (
    <div className="ui-stack">
      <p className="session-steps">Step 3 of 3</p>
      <h1>How do you want to begin?</h1>
      <p>A partner is a company you work with often. One-off vendors don't belong here.</p>
      {problem && (
        <Banner tone="danger" role="alert">
          {problem}
        </Banner>
      )}
      <div className="session-ways">
        <Link className="session-way" href={paths.addPartner}>
          <Handshake />
          <span>
            <b>Add a partner</b>
            <small>Start with one you talk to every week.</small>
          </span>
          <ChevronRight />
        </Link>
        <Link className="session-way" href={paths.importPartners}>
          <FileSpreadsheet />
          <span>
            <b>Import a CSV</b>
            <small>Bring the sheet you have. You check it before anything is added.</small>
          </span>
          <ChevronRight />
        </Link>
        <button type="button" className="session-way" onClick={() => void lookAround()} aria-busy={busy || undefined}>
          <Telescope />
          <span>
            <b>{busy ? 'Adding sample data' : 'Look around with sample data'}</b>
            <small>One click removes it all again.</small>
          </span>
          <ChevronRight />
        </button>
      </div>
      {!mailWorks && (
        <Banner tone="neutral" action={<TextButton href={paths.settings('email')}>Set up</TextButton>}>
          Email isn't set up. Invites will be links you copy.
        </Banner>
      )}
    </div>
  )
}

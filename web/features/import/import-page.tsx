import type { Import } from '#shared/imports.ts'
import { ApiProblem } from '../../api.ts'
import { paths } from '../../paths.ts'
import { PageProblem } from '../../shell/page-problem.tsx'
import { useSession } from '../../shell/session.tsx'
import { useAddress } from '../../shell/use-address.ts'
import { WhoCan } from '../../shell/who-can.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { CheckBar, CheckStep } from './check-step.tsx'
import { CancelledStep, DoneStep, FailedStep } from './done-step.tsx'
import { FileStep } from './file-step.tsx'
import { MatchStep } from './match-step.tsx'
import { ParkedDeals } from './parked-deals.tsx'
import { RecentImports } from './recent-imports.tsx'
import { ReadingStep, RunStep } from './run-step.tsx'
import { useImport } from './use-import.ts'
// The narrow screen's rules stand in the second and speak of both.
import './import-check.css'
import './import.css'

const steps = ['file', 'match', 'check', 'import', 'done'] as const
const stepNames = { file: 'File', match: 'Match', check: 'Check', import: 'Import', done: 'Done' }
type Step = (typeof steps)[number]

/** /partners/import: a sheet of partners or deals in five steps. Nothing is written before Import, and nothing is ever emailed. */
export function ImportPage() {
  useTitle('Import')
  const { canWrite } = useSession()
  const [words, change] = useAddress()
  const { data: it, error, refetch } = useImport(words.import)
  const step = stepOf(words.import, it, words.step)
  const to = (next: Step) => change({ step: next === 'match' ? undefined : next, show: undefined }, { push: true })
  const again = () => change({ import: undefined, step: undefined, show: undefined }, { push: true })
  if (error instanceof ApiProblem && error.status === 404) return <PageProblem kind="not_found" />
  const reading = it?.state === 'reading' && it.columns.length === 0
  const open = it?.state === 'checked' || (it?.state === 'reading' && !reading)
  return (
    <>
      <PageHeader title="Import" {...(it ? { count: it.file_name } : {})}>
        {step !== 'done' && (
          <Button variant="quiet" href={paths.partners}>
            Leave
          </Button>
        )}
      </PageHeader>
      {!canWrite ? (
        <WhoCan link={{ href: paths.partners, label: 'Back to partners' }}>
          You can look at partners, not import them.
        </WhoCan>
      ) : (
        <div className="import-page">
          <Stepper label="Steps" steps={trail(step, to)} />
          {step === 'file' && (
            <>
              <FileStep onRead={(id) => change({ import: id, step: undefined }, { push: true })} />
              <ParkedDeals />
              <RecentImports />
            </>
          )}
          {!it &&
            words.import &&
            (error ? (
              <ErrorState title="We couldn't load this import." onRetry={() => void refetch()} />
            ) : (
              <Skeleton />
            ))}
          {it && reading && <ReadingStep it={it} />}
          {it && open && step === 'match' && (
            <MatchStep key={`${it.id} ${it.kind} ${sheetOf(it)}`} it={it} onNext={() => to('check')} onOther={again} />
          )}
          {it && open && step === 'check' && <CheckStep it={it} />}
          {it?.state === 'running' && <RunStep it={it} />}
          {(it?.state === 'done' || it?.state === 'undone') && <DoneStep it={it} onAgain={again} />}
          {it?.state === 'failed' && <FailedStep it={it} onAgain={again} />}
          {it?.state === 'cancelled' && <CancelledStep onAgain={again} />}
        </div>
      )}
      {canWrite && it && open && step === 'check' && <CheckBar it={it} />}
    </>
  )
}

const sheetOf = ({ sheets }: Import) => sheets.find(({ chosen }) => chosen)?.name ?? ''

function stepOf(id: string | undefined, it: Import | undefined, asked: string | undefined): Step {
  if (!id) return 'file'
  if (it?.state === 'done' || it?.state === 'undone') return 'done'
  if (it?.state === 'running' || it?.state === 'failed' || it?.state === 'cancelled') return 'import'
  return asked === 'check' ? 'check' : 'match'
}

function trail(now: Step, to: (step: Step) => void) {
  const at = steps.indexOf(now)
  return steps.map((step, place) => ({
    label: stepNames[step],
    state: place < at || now === 'done' ? ('done' as const) : place === at ? ('now' as const) : ('next' as const),
    ...(step === 'match' && now === 'check' ? { onSelect: () => to('match') } : {}),
  }))
}

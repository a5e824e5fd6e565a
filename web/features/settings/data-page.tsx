import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getCompany } from '#shared/company.ts'
import { addSampleData, removeSampleData } from '#shared/session.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { DeleteCompanyCard, ExportEverything } from '../exports/company-data.tsx'
import { SettingsFrame } from './settings-frame.tsx'

/** /settings/data: bring partners in, take everything along, look around with sample data, end it. */
export function DataPage() {
  const { data: company } = useQuery(ask(getCompany, {}))
  return (
    <SettingsFrame page="data">
      {company ? (
        <div className="settings-form">
          <Card title="Import partners">
            <p>From a CSV file, or cells pasted from a spreadsheet. Nothing is added before you press Import.</p>
            <Button href={paths.importPartners}>Import partners</Button>
          </Card>
          <ExportEverything />
          <SampleData there={company.has_sample_data} may={company.can.edit} />
          <DeleteCompanyCard />
        </div>
      ) : (
        <Skeleton kind="card" />
      )}
    </SettingsFrame>
  )
}

function SampleData({ there, may }: { there: boolean; may: boolean }) {
  const queries = useQueryClient()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const act = async (endpoint: typeof addSampleData | typeof removeSampleData, said: (n: number) => string) => {
    setBusy(true)
    try {
      const { partners } = await call(endpoint, {})
      await queries.invalidateQueries()
      toast.show({ text: said(partners) })
    } catch (error) {
      toast.show({
        tone: 'danger',
        text: error instanceof ApiProblem ? error.problem.detail : 'That did not work. Try again.',
      })
    }
    setBusy(false)
  }
  const why = may ? {} : { reason: 'Only admins do this.' }
  return (
    <Card title="Sample data">
      <p>
        {there
          ? 'Sample partners are among yours. One click takes them out with all that belongs to them; yours stay.'
          : 'Fourteen made-up partners to look around with. One click removes them again.'}
      </p>
      {there ? (
        <Button busy={busy} {...why} onClick={() => void act(removeSampleData, (n) => `${n} sample partners removed`)}>
          Remove sample data
        </Button>
      ) : (
        <Button busy={busy} {...why} onClick={() => void act(addSampleData, (n) => `${n} sample partners added`)}>
          Add sample data
        </Button>
      )}
    </Card>
  )
}

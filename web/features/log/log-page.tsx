import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { listMembers } from '#shared/company.ts'
import { listPartners } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { FilterBar, FilterChip } from '../../ui/filter-chip.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { LogExport } from '../exports/export-menu.tsx'
import { ActsTable } from './acts-table.tsx'
import { ChangesTable } from './changes-table.tsx'
import { channelNames } from './channels.ts'
import { filters, type LogFilters } from './log-filters.ts'
import { ViewsTable } from './views-table.tsx'
import './log.css'

const notes = {
  changes: 'Nobody can edit or delete a line of this log.',
  views:
    'Mails count as sent, not as seen. An opened link counts once the page was really shown. Nobody can edit this log.',
  undo: 'What somebody changed again since stays as it is, and is listed. An undo stands in the log beside what it took back.',
}

/** /access/log: what was changed, who saw what, and what can be taken back. Filters live in the address. */
export function LogPage() {
  useTitle('Log')
  const search = useSearch({ strict: false }) as LogFilters & { lens?: string }
  const navigate = useNavigate()
  const { data: members } = useQuery(ask(listMembers, {}))
  const lens = search.lens === 'views' || search.lens === 'undo' ? search.lens : 'changes'
  const { isAdmin } = useSession()
  const given = Object.fromEntries(
    filters.flatMap((name) => (search[name] ? [[name, search[name]]] : [])),
  ) as LogFilters
  const set = (name: keyof LogFilters) => (values: string[]) =>
    void navigate({ to: '/access/log', search: { ...search, [name]: values[0] } as never, replace: true })
  const rest = new URLSearchParams(given).toString()
  const byPerson = (
    <FilterChip
      label="Person"
      single
      value={given.person ? [given.person] : []}
      onChange={set('person')}
      options={(members?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
    />
  )
  return (
    <>
      <PageHeader title="Log">{lens !== 'undo' && <LogExport lens={lens} filters={given} />}</PageHeader>
      <Tabs
        label="Lens"
        items={[
          { href: paths.log('changes', rest), label: 'Changes', current: lens === 'changes' },
          { href: paths.log('views', rest), label: 'Views', current: lens === 'views' },
          { href: paths.log('undo'), label: 'Undo', current: lens === 'undo' },
        ]}
      />
      {lens === 'undo' ? (
        isAdmin && <FilterBar>{byPerson}</FilterBar>
      ) : (
        <FilterBar>
          <FilterChip
            label="Partner"
            single
            value={given.partner ? [given.partner] : []}
            onChange={set('partner')}
            load={findPartners}
          />
          {byPerson}
          <FilterChip
            label="How"
            single
            value={given.channel ? [given.channel] : []}
            onChange={set('channel')}
            options={Object.entries(channelNames).map(([value, label]) => ({ value, label }))}
          />
          {given.record && (
            <FilterChip
              label="Only"
              single
              value={['record']}
              onChange={set('record')}
              options={[{ value: 'record', label: 'one record' }]}
            />
          )}
        </FilterBar>
      )}
      <div className="ui-page">
        {lens === 'changes' && <ChangesTable filters={given} />}
        {lens === 'views' && <ViewsTable filters={given} />}
        {lens === 'undo' && <ActsTable person={given.person} />}
        <p className="ui-muted log-note">{notes[lens]}</p>
      </div>
    </>
  )
}

async function findPartners(q: string, signal: AbortSignal) {
  const { items } = await call(listPartners, { query: { ...(q ? { q } : {}), limit: '20' } }, { signal })
  return items.map((partner) => ({ value: partner.id, label: partner.legal_name }))
}

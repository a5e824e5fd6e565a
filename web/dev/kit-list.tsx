import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Tags } from '../ui/chip.tsx'
import { FilterBar, FilterChip } from '../ui/filter-chip.tsx'
import { Link } from '../ui/link.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SearchInput } from '../ui/search-input.tsx'
import { StatusDot } from '../ui/status-dot.tsx'
import { BulkBar, SortHeader, Table } from '../ui/table.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useRowKeys } from '../ui/use-row-keys.ts'
import './kit.css'

const ROWS = [
  ['Brightwater Systems Ltd', 'Technology', 'active', 'Integration', 'Ira Novak', 'Owen Pryce', 1, 'Today, 09:12'],
  [
    'Castellan Consulting S.L.',
    'Agency',
    'active',
    'Iberia,Public sector',
    'Dana Reyes',
    'Lucía Marín',
    1,
    'Yesterday',
  ],
  [
    'Fjordkraft Data AS',
    'Distributor',
    'active',
    'Nordics,Gold,Cloud',
    'Tomas Berg',
    'Henrik Aasen',
    1,
    'Today, 08:40',
  ],
  ['Kestrel & Rowe LLP', 'Referral', 'dormant', 'Legal', 'Dana Reyes', 'Simon Rowe', 0, '47 days ago'],
  ['Lumen Analytics B.V.', 'Technology', 'onboarding', 'Integration', 'Dana Reyes', 'Noor de Wit', 0, '2 days ago'],
  ['Maruyama Trading K.K.', 'Distributor', 'active', 'APAC', 'Ira Novak', 'Kenji Maruyama', 2, 'Yesterday'],
  ['Nordlicht GmbH', 'Reseller', 'active', 'DACH,Gold', 'Dana Reyes', 'Ana Lindner', 4, 'Today, 10:05'],
  ['Ostrava IT s.r.o.', 'Reseller', 'active', 'CEE', 'Tomas Berg', 'Jana Dvořáková', 1, '4 days ago'],
  ['Pinecrest Solutions Inc.', 'Reseller', 'onboarding', 'US,Gold', 'Mei Sato', 'Marcus Hill', 1, 'Today, 07:55'],
  ['Quillfeather Studio Ltd', 'Agency', 'archived', 'Design', 'Ira Novak', 'Bea Fenwick', 0, '6 days ago'],
] as const

/** The list page: header, search, tabs, filters, sortable table, selection. */
export function KitList() {
  const [query, setQuery] = useState('')
  const [types, setTypes] = useState(['Technology', 'Agency', 'Distributor', 'Referral', 'Reseller'])
  const [owners, setOwners] = useState(['Dana', 'Ira'])
  const [status, setStatus] = useState<string[]>([])
  const [picked, setPicked] = useState(['Nordlicht GmbH'])
  const [up, setUp] = useState(true)
  const body = useRef<HTMLTableSectionElement>(null)
  const toggle = (name: string) =>
    setPicked((all) => (all.includes(name) ? all.filter((one) => one !== name) : [...all, name]))
  const rows = ROWS.filter(([name]) => name.toLowerCase().includes(query.toLowerCase())).toSorted((a, b) =>
    up ? a[0].localeCompare(b[0]) : b[0].localeCompare(a[0]),
  )
  useRowKeys(body, { onSelect: (index) => toggle(rows[index]?.[0] ?? '') })
  const options = (...names: string[]) => names.map((name) => ({ value: name, label: name }))
  return (
    <>
      <PageHeader title="Partners" count={`${rows.length} of 64`}>
        <SearchInput
          label="Search partners"
          value={query}
          onChange={setQuery}
          placeholder="Name, domain, contact or tag"
        />
        <Button variant="primary" icon={<Plus />}>
          Add partner
        </Button>
      </PageHeader>
      <Tabs
        label="Views"
        items={['All 64', 'Mine 18', 'Active 41', 'Onboarding 6', 'Dormant 9', 'Needs attention 7', 'Archived 8'].map(
          (view, index) => ({
            href: `/dev/kit?show=list&view=${index}`,
            label: view.replace(/ \d+$/, ''),
            count: Number(/\d+$/.exec(view)?.[0]),
            current: index === 0,
          }),
        )}
      />
      <FilterBar
        end={
          <>
            <Button variant="quiet" size="small">
              Clear filters
            </Button>
            <Button size="small" className="ui-desk">
              Save as view
            </Button>
          </>
        }
      >
        <FilterChip
          label="Type"
          plural="types"
          value={types}
          onChange={setTypes}
          options={options(
            'Technology',
            'Agency',
            'Distributor',
            'Referral',
            'Reseller',
            'Consulting',
            'Training',
            'Hosting',
          )}
        />
        <FilterChip
          label="Owner"
          value={owners}
          onChange={setOwners}
          options={options('Dana', 'Ira', 'Tomas', 'Mei')}
        />
        <FilterChip
          label="Status"
          value={status}
          onChange={setStatus}
          options={options('Active', 'Onboarding', 'Dormant', 'Archived')}
        />
        <FilterChip label="Tag" value={[]} onChange={() => {}} options={options('DACH', 'Gold')} />
      </FilterBar>
      <div className="kit-list">
        <Table caption={`Partners, ${rows.length} of 64`}>
          <thead>
            <tr>
              <td className="ui-check-cell">
                <Checkbox
                  hideLabel
                  label="Select all"
                  checked={picked.length === rows.length}
                  indeterminate={picked.length > 0 && picked.length < rows.length}
                  onChange={() => setPicked(picked.length ? [] : rows.map(([name]) => name))}
                />
              </td>
              <SortHeader label="Name" direction={up ? 'ascending' : 'descending'} onSort={() => setUp(!up)} />
              <SortHeader label="Type" className="kit-94" direction={null} onSort={() => {}} />
              <SortHeader label="Status" className="kit-112" direction={null} onSort={() => {}} />
              <th scope="col" className="kit-152">
                Tags
              </th>
              <SortHeader label="Owner" className="kit-86" direction={null} onSort={() => {}} />
              <th scope="col" className="kit-122">
                Main contact
              </th>
              <SortHeader label="Open deals" className="kit-88" align="end" direction={null} onSort={() => {}} />
              <SortHeader label="Last activity" className="kit-114 kit-last" direction={null} onSort={() => {}} />
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map(([name, type, state, tags, owner, contact, deals, last]) => (
              <tr key={name} data-row aria-selected={picked.includes(name) || undefined}>
                <td className="ui-check-cell">
                  <Checkbox
                    hideLabel
                    label={`Select ${name}`}
                    checked={picked.includes(name)}
                    onChange={() => toggle(name)}
                  />
                </td>
                <th scope="row">
                  <Link href="/dev/kit?show=record" className="ui-row">
                    <Avatar name={name} kind="company" />
                    <span className="ui-trunc">{name}</span>
                  </Link>
                </th>
                <td className="kit-type">{type}</td>
                <td className="kit-status">
                  <StatusDot status={state} />
                </td>
                <td className="kit-tags">
                  <Tags items={tags.split(',')} />
                </td>
                <td className="kit-owner">
                  <span className="ui-row">
                    <Avatar name={owner} />
                    {owner.split(' ')[0]}
                  </span>
                </td>
                <td className="ui-desk">{contact}</td>
                <td className="ui-end ui-desk">{deals}</td>
                <td className="kit-last ui-muted">{last}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <BulkBar count={picked.length} label={`${picked.length} partners selected`} onClear={() => setPicked([])}>
        {['Status', 'Owner', 'Tags'].map((act) => (
          <Button key={act} variant="quiet" size="small">
            {act}
          </Button>
        ))}
        <Button variant="quiet" size="small" className="ui-desk">
          Archive
        </Button>
      </BulkBar>
    </>
  )
}

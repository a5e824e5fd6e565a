import { useState } from 'react'
import { listPartners } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/go.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import type { Option } from '../../ui/option.ts'

/** Finds partners by name for a picker; each option is the partner's slug. */
const loadPartners = async (q: string, signal: AbortSignal) => {
  const { items } = await call(listPartners, { query: { ...(q ? { q } : {}), limit: '20' } }, { signal })
  return items
    .filter((partner) => !partner.archived_at)
    .map((partner) => ({
      value: partner.slug,
      label: partner.legal_name,
      icon: <Avatar name={partner.legal_name} kind="company" />,
    }))
}

/** Choosing a partner goes to its form. */
export function PartnerPicker() {
  const [partner, choose] = useState<Option | null>(null)
  const go = useGo()
  const start = (option: Option | null) => {
    choose(option)
    if (option) go(paths.shareDeal(option.value, 'lead'))
  }
  return (
    <Combobox
      label="Partner to share with"
      value={partner}
      onChange={start}
      load={loadPartners}
      placeholder="Choose a partner"
      searchLabel="Search partners"
    />
  )
}

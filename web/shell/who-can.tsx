import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { listMembers } from '#shared/company.ts'
import { ask } from '../query.ts'
import { EmptyState } from '../ui/states.tsx'
import { listNames } from './deal-words.ts'

/** For people who may only look: says so, and names the admins who can change that. */
export function WhoCan({ children, link }: { children: ReactNode; link?: { href: string; label: string } }) {
  const { data } = useQuery(ask(listMembers, {}))
  const admins = data?.items.filter((member) => member.role === 'admin' && !member.deactivated_at) ?? []
  return (
    <EmptyState {...(link ? { link } : {})}>
      <p>{children}</p>
      {admins.length > 0 && (
        <p>Ask {listNames(admins.map((admin) => admin.name)).replace(/ and (?!.* and )/, ' or ')}.</p>
      )}
    </EmptyState>
  )
}

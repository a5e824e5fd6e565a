import { useQuery } from '@tanstack/react-query'
import { getSession, type Session } from '#shared/session.ts'
import { ask } from '../query.ts'

export const sessionQuery = ask(getSession, {})

export type Seat = {
  session: Session | undefined
  member: Session['members'][number] | undefined
  isAdmin: boolean
  /** Admins and members change things; read-only members look. */
  canWrite: boolean
  pending: boolean
  failed: boolean
}

/** Who is signed in, and with which rights, as the server says it. */
export function useSession(): Seat {
  const { data: session, isPending, isError } = useQuery({ ...sessionQuery, staleTime: 60_000 })
  const member = session?.members[0]
  return {
    session,
    member,
    isAdmin: member?.role === 'admin',
    canWrite: member !== undefined && member.role !== 'read_only',
    pending: isPending,
    failed: isError,
  }
}

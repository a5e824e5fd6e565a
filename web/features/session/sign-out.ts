import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { signOut } from '#shared/session.ts'
import { call } from '../../api.ts'

/** Signs out on this device and forgets what the page had read. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(async () => {
    await call(signOut, {})
    await queries.resetQueries()
  }, [queries])
}

import { useState } from 'react'
import { type Contact, inviteContact, withdrawInvitation } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { calledName } from '../../shell/deal-words.ts'
import { useToast } from '../../ui/toast.tsx'
import { useRefresh, wordsOf } from './use-partner.ts'

const holdSeconds = 10

type State = { busy: boolean; failed: string | null; field: string | null }
const idle: State = { busy: false, failed: null, field: null }

/** Sends an invitation that can be taken back for ten seconds. `failed` is about all of it, `field` about the message. */
export function useSendInvitation(partner: Partner) {
  const refresh = useRefresh()
  const toast = useToast()
  const [state, setState] = useState(idle)
  const undo = async (invitation: string) => {
    try {
      await call(withdrawInvitation, { params: { invitation } })
      toast.show({ text: `Not sent. ${calledName(partner.legal_name)} knows nothing of it.` })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
    await refresh()
  }
  /** Out: whether it is on its way. */
  const send = async (to: Contact, message: string): Promise<boolean> => {
    setState({ ...idle, busy: true })
    try {
      const { invitation } = await call(inviteContact, { params: { contact: to.id }, body: { message } })
      toast.show({
        text: `The invitation to ${to.name} leaves in ${holdSeconds} seconds.`,
        holdSeconds,
        undo: () => void undo(invitation.id ?? ''),
        onElapsed: () => void refresh(),
      })
      await refresh()
      return true
    } catch (error) {
      const field = error instanceof ApiProblem ? (error.field('message') ?? null) : null
      setState({ busy: false, failed: field ? null : wordsOf(error), field })
      return false
    }
  }
  return { ...state, send }
}

import { useState } from 'react'
import {
  type Contact,
  contactCameBack,
  copyInvitationLink,
  editContact,
  giveAccessBack,
  removeAccess,
  withdrawInvitation,
} from '#shared/contacts.ts'
import { call } from '../../api.ts'
import { firstName } from '../../shell/deal-words.ts'
import { useToast } from '../../ui/toast.tsx'
import { useRefresh, wordsOf } from './use-partner.ts'

/** What can be done about a contact in one press; each says what it did. `link` is one that could not be copied. */
export function useContactActs(contact: Pick<Contact, 'id' | 'name' | 'version'>) {
  const refresh = useRefresh()
  const toast = useToast()
  const [link, showLink] = useState<string | null>(null)
  const params = { contact: contact.id }
  const first = firstName(contact.name)

  const act = async (run: () => Promise<unknown>, said: string, undo?: () => void) => {
    try {
      await run()
      toast.show({ text: said, ...(undo ? { undo } : {}) })
    } catch (error) {
      toast.show({ text: wordsOf(error), tone: 'danger' })
    }
    await refresh()
  }
  const giveBack = () => act(() => call(giveAccessBack, { params }), `${first} can get in again.`)
  return {
    link,
    forgetLink: () => showLink(null),
    change: (body: { is_main?: true; sees?: 'all' | 'own'; confirmed?: true }, said: string) =>
      act(() => call(editContact, { params, body: { version: contact.version, ...body } }), said),
    cameBack: () =>
      act(
        () => call(contactCameBack, { params }),
        `${first} is back, with the access they had. Deals stay with whom they went to.`,
      ),
    withdraw: (invitation: string, said: string) =>
      act(() => call(withdrawInvitation, { params: { invitation } }), said),
    /** The earlier link dies with this, so the new one is shown where it cannot be copied. */
    copyLink: async (invitation: string) => {
      try {
        const { link: made } = await call(copyInvitationLink, { params: { invitation } })
        const copied = await navigator.clipboard?.writeText(made).then(
          () => true,
          () => false,
        )
        if (copied) toast.show({ text: 'Link copied. The one before it no longer works.' })
        else showLink(made)
      } catch (error) {
        toast.show({ text: wordsOf(error), tone: 'danger' })
      }
      await refresh()
    },
    remove: () =>
      act(
        () => call(removeAccess, { params }),
        `${first} is signed out now and won't be told. Their comments stay.`,
        () => void giveBack(),
      ),
    giveBack,
  }
}

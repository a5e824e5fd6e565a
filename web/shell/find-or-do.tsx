import { Handshake, Pin } from 'lucide-react'
import { find } from '#shared/find.ts'
import { call } from '../api.ts'
import { paths } from '../paths.ts'
import { Avatar } from '../ui/avatar.tsx'
import { type Command, CommandMenu } from '../ui/command-menu.tsx'
import { useGo } from './go.ts'
import { useSavedViews } from './saved-views.ts'
import { useSession } from './session.tsx'

type Props = {
  onClose: () => void
  /** Told once the field is there: what was typed before. */
  onReady: () => string
}

/** Ctrl K: partners, people and deals, places, acts; each act shows its own keys. */
export function FindOrDo({ onClose, onReady }: Props) {
  const go = useGo()
  const { canWrite } = useSession()
  const partners = useSavedViews('partners').views
  const command = (group: string) => (label: string, href: string, keys?: string, words?: string) => ({
    id: `${group} ${label}`,
    label,
    group,
    ...(keys ? { keys } : {}),
    ...(words ? { words } : {}),
    run: () => go(href),
  })
  const [place, act] = [command('Go to'), command('Do')]
  return (
    <CommandMenu
      open
      typed={onReady}
      onOpenChange={(open) => !open && onClose()}
      commands={[
        ...(canWrite
          ? [
              act('Add partner', paths.addPartner, 'c p', 'new create'),
              act('Import partners', paths.importPartners, undefined, 'csv spreadsheet'),
            ]
          : []),
        place('Home', paths.home, 'g h'),
        place('Inbox', paths.inbox, 'g i'),
        place('Partners', paths.partners, 'g p'),
        ...partners.map(
          (view): Command => ({
            id: view.id,
            label: view.name,
            group: 'Views',
            icon: <Pin />,
            run: () => go(paths.savedView('partners', view.id, view.query)),
          }),
        ),
        place('Deals', paths.deals, 'g d'),
        place('Review', paths.review, 'g r'),
        place('Access', paths.access, 'g a'),
        place('Log', paths.log(), undefined, 'audit history'),
        ...(canWrite
          ? [act('Undo something done before', paths.log('undo'), undefined, 'take back revert many bulk')]
          : []),
        place('Settings', paths.settings()),
        place('Tags and ground rules', paths.settings('tags-and-rules')),
        place('Notifications', paths.settings('notifications')),
        place('Help', paths.help()),
      ].toSorted((a, b) => order.indexOf(a.group ?? '') - order.indexOf(b.group ?? ''))}
      search={async (q, signal) => {
        const found = await call(find, { query: { q } }, { signal })
        return [
          ...found.partners.map((partner) => ({
            id: partner.id,
            label: partner.legal_name,
            group: 'Partners',
            icon: <Avatar name={partner.legal_name} kind="company" size={20} />,
            run: () => go(paths.partner(partner.slug)),
          })),
          ...found.contacts.map((contact) => ({
            id: contact.id,
            label: contact.name,
            hint: contact.partner.legal_name,
            group: 'Contacts',
            icon: <Avatar name={contact.name} size={20} />,
            run: () => go(paths.partner(contact.partner.slug, 'contacts')),
          })),
          ...found.deals.map((deal) => ({
            id: deal.id,
            label: deal.customer_company,
            hint: `${deal.ref}, with ${deal.partner.legal_name}`,
            group: 'Deals',
            icon: <Handshake />,
            run: () => go(paths.deal(deal.ref)),
          })),
        ]
      }}
    />
  )
}

const order = ['Do', 'Go to', 'Views']

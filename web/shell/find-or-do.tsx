import { listPartners } from '#shared/partners.ts'
import { call } from '../api.ts'
import { paths } from '../paths.ts'
import { Avatar } from '../ui/avatar.tsx'
import { CommandMenu } from '../ui/command-menu.tsx'
import { useGo } from './go.ts'
import { useSession } from './session.tsx'

/** Ctrl K: partners by name, places, acts; each act shows its own keys. */
export function FindOrDo({ onClose }: { onClose: () => void }) {
  const go = useGo()
  const { canWrite } = useSession()
  const place = (label: string, href: string, keys?: string) => ({
    id: href,
    label,
    group: 'Go to',
    ...(keys ? { keys } : {}),
    run: () => go(href),
  })
  const act = (label: string, href: string, keys?: string) => ({
    id: label,
    label,
    group: 'Do',
    ...(keys ? { keys } : {}),
    run: () => go(href),
  })
  return (
    <CommandMenu
      open
      onOpenChange={(open) => !open && onClose()}
      commands={[
        ...(canWrite
          ? [act('Add partner', paths.addPartner, 'c p'), act('Import partners', paths.importPartners)]
          : []),
        place('Home', paths.home, 'g h'),
        place('Inbox', paths.inbox, 'g i'),
        place('Partners', paths.partners, 'g p'),
        place('Deals', paths.deals, 'g d'),
        place('Review', paths.review, 'g r'),
        place('Access', paths.access, 'g a'),
        place('Log', paths.log()),
        place('Settings', paths.settings()),
        place('Help', paths.help()),
      ]}
      search={async (q, signal) => {
        const { items } = await call(listPartners, { query: { q, limit: '8' } }, { signal })
        return items.map((partner) => ({
          id: partner.id,
          label: partner.legal_name,
          group: 'Partners',
          icon: <Avatar name={partner.legal_name} kind="company" size={20} />,
          run: () => go(paths.partner(partner.slug)),
        }))
      }}
    />
  )
}

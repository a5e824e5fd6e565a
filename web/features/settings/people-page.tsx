import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { listMembers, type Member } from '#shared/company.ts'
import { ask } from '../../query.ts'
import { useSession } from '../../shell/session.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Table } from '../../ui/table.tsx'
import { PersonMenu, roleNames } from './person-menu.tsx'
import { SettingsFrame } from './settings-frame.tsx'

const TakeOff = lazy(() => import('./take-off.tsx').then((m) => ({ default: m.TakeOff })))
const AddPerson = lazy(() => import('./add-person.tsx').then((m) => ({ default: m.AddPerson })))

/** /settings/people: the team. Three roles, nothing finer. */
export function PeoplePage() {
  const { data, isError, refetch } = useQuery(ask(listMembers, {}))
  const [adding, setAdding] = useState(false)
  return (
    <SettingsFrame
      page="people"
      actions={
        data && (
          <Button
            variant="primary"
            icon={<Plus />}
            onClick={() => setAdding(true)}
            {...(data.can.add ? {} : { reason: 'Only admins add people.' })}
          >
            Add person
          </Button>
        )
      }
    >
      {isError && (
        <ErrorState title="We couldn't load your team." safe="Nothing was lost." onRetry={() => void refetch()} />
      )}
      {!data && !isError && <Skeleton kind="rows" />}
      {data && <People people={data.items} mayEdit={data.can.add} />}
      {adding && (
        <Suspense>
          <AddPerson onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </SettingsFrame>
  )
}

function People({ people, mayEdit }: { people: Member[]; mayEdit: boolean }) {
  const { member } = useSession()
  const [leaving, takeOff] = useState<Member | null>(null)
  return (
    <>
      <Table caption="Your team" phone="rows" className="settings-people">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Email</th>
            <th scope="col">Role</th>
            <th scope="col" className="ui-end">
              Open deals
            </th>
            {mayEdit && (
              <th scope="col">
                <span className="ui-vh">Change</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <span className="ui-row">
                  <Avatar name={person.name} size={24} />
                  <span className="ui-trunc">
                    {person.name}
                    {person.id === member?.member_id && ' (you)'}
                  </span>
                </span>
              </th>
              <td className="settings-address">{person.email}</td>
              <td>{person.deactivated_at ? <Chip tone="dormant">Off the team</Chip> : roleNames[person.role]}</td>
              <td className="ui-end ui-num settings-deals">
                {person.open_deals}
                <span className="ui-phone"> open {person.open_deals === 1 ? 'deal' : 'deals'}</span>
              </td>
              {mayEdit && (
                <td className="ui-end settings-menu">
                  <PersonMenu person={person} onTakeOff={() => takeOff(person)} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
      {leaving && (
        <Suspense>
          <TakeOff person={leaving} onClose={() => takeOff(null)} />
        </Suspense>
      )}
    </>
  )
}

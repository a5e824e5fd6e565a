import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { OutsideFrame } from '../../ui/outside-frame.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { lastDeleted } from './deleted.ts'

/** /deleted: the company is gone, and what can be done now. */
export function DeletedPage() {
  useTitle('Deleted')
  const it = lastDeleted()
  return (
    <OutsideFrame company={{ name: 'Partnered' }} narrow>
      <div className="ui-stack">
        <h1>{it ? `${it.name} is deleted` : 'The company is deleted'}</h1>
        <p>
          All its partners, deals and files are gone, and nobody can get in any more. Copies that were exported before
          are yours to keep or delete.
        </p>
        {it?.setup_open ? (
          <p>To start again, open the setup link that the server has just printed on its console.</p>
        ) : (
          <p>
            <Button href={paths.signIn} size="form">
              Sign in
            </Button>
          </p>
        )}
      </div>
    </OutsideFrame>
  )
}

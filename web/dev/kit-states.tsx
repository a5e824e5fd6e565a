import { Plus } from 'lucide-react'
import { Banner, Strip } from '../ui/banner.tsx'
import { Button, TextButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'

/** Loading, empty, failed, offline, archived. */
export function KitStates() {
  return (
    <>
      <Strip tone="warn">You're offline. We'll send your changes when you're back.</Strip>
      <PageHeader title="States" />
      <Strip tone="neutral" end={<Button size="small">Restore</Button>}>
        Acme is archived since 12 November. You can read everything and change nothing.
      </Strip>
      <div className="ui-page ui-stack">
        <Card title="Loading">
          <Skeleton wait={0} count={4} />
        </Card>
        <Card title="Empty">
          <EmptyState
            action={
              <Button variant="primary" icon={<Plus />}>
                Add partner
              </Button>
            }
            link={{ href: '/dev/kit?show=list', label: 'What belongs here' }}
          >
            No partners yet. Add one you talk to every week.
          </EmptyState>
        </Card>
        <Card title="Failed">
          <ErrorState title="We couldn't load deals." onRetry={() => {}} />
        </Card>
        <Banner tone="neutral">Nothing was emailed.</Banner>
        <Banner tone="info">The link works for 14 days, until 7 December 2026.</Banner>
        <Banner tone="ok">45 partners changed.</Banner>
        <Banner tone="warn" action={<Button size="small">Fix</Button>}>
          Ana's email bounced.
        </Banner>
        <Banner tone="danger">We couldn't save this. Your text is still here.</Banner>
        <Banner tone="shared" action={<TextButton>Change what they see</TextButton>}>
          <b>Nordlicht can see:</b> stage, comments, contact. <b>Not:</b> value.
        </Banner>
      </div>
    </>
  )
}

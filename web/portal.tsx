import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { goTo, useParts } from './features/portal/address.ts'
import { PageFault } from './features/portal/page-fault.tsx'
import type { View } from './features/portal/workspace-view.tsx'
import { createQueries } from './query.ts'
import { UiProvider } from './ui/provider.tsx'

const SignInPage = lazy(() => import('./features/session/sign-in-page.tsx').then((m) => ({ default: m.SignInPage })))
const InvitationPage = lazy(() =>
  import('./features/invitation/invitation-page.tsx').then((m) => ({ default: m.InvitationPage })),
)
const ChooserPage = lazy(() => import('./features/portal/chooser-page.tsx').then((m) => ({ default: m.ChooserPage })))
const WorkspacePage = lazy(() =>
  import('./features/portal/workspace-page.tsx').then((m) => ({ default: m.WorkspacePage })),
)

function viewOf(place: string | undefined, ref: string | undefined): View {
  if (place === 'deals' && ref) return { at: 'deal', ref }
  if (place === 'shared' || place === 'people' || place === 'send') return { at: place }
  return { at: 'deals' }
}

function Page() {
  const [first, second, third, fourth] = useParts()
  if (first === 'i' && second) return <InvitationPage key={second} token={second} />
  if (first === 'p' && second) return <WorkspacePage key={second} workspace={second} view={viewOf(third, fourth)} />
  if (first === 'p') return <ChooserPage />
  return <SignInPage />
}

const queries = createQueries()

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <UiProvider navigate={goTo}>
        <PageFault>
          <Suspense fallback={null}>
            <Page />
          </Suspense>
        </PageFault>
      </UiProvider>
    </QueryClientProvider>
  </StrictMode>,
)

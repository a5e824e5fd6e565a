import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueries } from './query.ts'
import { router } from './router.tsx'
import { UiProvider } from './ui/provider.tsx'

const queries = createQueries()

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <UiProvider
        navigate={(href) => router.history.push(href)}
        preload={(href) => void router.preloadRoute({ to: href }).catch(() => {})}
      >
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>
  </StrictMode>,
)

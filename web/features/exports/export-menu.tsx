import { Download as DownloadIcon } from 'lucide-react'
import type { Download, Input } from '#shared/endpoint.ts'
import { exportDeals, exportLog, exportPartners } from '#shared/exports.ts'
import { call } from '../../api.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useExport } from './use-export.ts'

const formatNames = { csv: 'CSV', xlsx: 'Excel', json: 'JSON' }
type Format = keyof typeof formatNames
type Props<F extends Format> = {
  /** What the file will hold, over the formats: "312 partners, as in this view". */
  what: string
  said: string
  formats: readonly F[]
  fetchFile: (format: F) => Promise<Download>
  /** 'quiet': among the quiet buttons of a bar at the bottom of the page. */
  variant?: 'plain' | 'quiet'
}

/** A button that saves what one looks at as a file. Read-only members have none: they export nothing. */
export function ExportMenu<F extends Format>({ what, said, formats, fetchFile, variant = 'plain' }: Props<F>) {
  const { canWrite } = useSession()
  const { busy, run } = useExport(said)
  if (!canWrite) return null
  return (
    <Menu
      label="Export"
      align="end"
      {...(variant === 'quiet' ? { side: 'top' as const } : {})}
      trigger={
        <Button {...(variant === 'plain' ? { icon: <DownloadIcon /> } : {})} variant={variant} busy={busy}>
          Export
        </Button>
      }
      items={[
        { heading: what },
        ...formats.map((format) => ({
          label: `${formatNames[format]} file`,
          onSelect: () => void run(() => fetchFile(format)),
        })),
      ]}
    />
  )
}

const many = (count: number, one: string) => `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`
type PartnersQuery = Omit<Input<typeof exportPartners>['body'], 'format'>

/** The partners of a view, or (quiet, in the bar of a selection) those picked: `query.ids`, or all that match save `query.except`. `count`: how many that is, as the page says it. */
export function PartnersExport({
  query,
  count,
  variant,
}: {
  query: PartnersQuery
  count: number | undefined
  variant?: 'quiet'
}) {
  const things = count === undefined ? 'Partners' : many(count, 'partner')
  return (
    <ExportMenu
      what={variant ? `${things} you picked` : `${things}, as in this view`}
      said={count === undefined ? 'Partners exported' : `${things} exported`}
      formats={['csv', 'xlsx']}
      fetchFile={(format) => call(exportPartners, { body: { ...query, format } })}
      {...(variant ? { variant } : {})}
    />
  )
}

/** The deals that match the filters. */
export function DealsExport({ query }: { query: Omit<Input<typeof exportDeals>['body'], 'format'> }) {
  return (
    <ExportMenu
      what="Deals that match the filters"
      said="Deals exported"
      formats={['csv', 'xlsx']}
      fetchFile={(format) => call(exportDeals, { body: { ...query, format } })}
    />
  )
}

/** The lines of the log that match the filters. */
export function LogExport({ lens, filters }: { lens: 'changes' | 'views'; filters: Record<string, string> }) {
  return (
    <ExportMenu
      what={lens === 'changes' ? 'Changes that match the filters' : 'Views that match the filters'}
      said="Log exported. The log says so, too."
      formats={['csv', 'json']}
      fetchFile={(format) => call(exportLog, { body: { ...filters, lens, format } })}
    />
  )
}

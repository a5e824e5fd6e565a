import { useParams } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { PageProblem } from '../../shell/page-problem.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Link } from '../../ui/link.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { type HelpPage as Content, helpPages } from './pages.ts'
import './help.css'

/** /help: the list; /help/:page: one short page. */
export function HelpPage() {
  const { page } = useParams({ strict: false })
  const found = page ? helpPages.find((one) => one.slug === page) : undefined
  if (page && !found) return <PageProblem kind="not_found" />
  return found ? <OnePage page={found} /> : <AllPages />
}

function AllPages() {
  useTitle('Help')
  return (
    <>
      <PageHeader title="Help" />
      <div className="ui-page">
        <p className="ui-muted">One short page for each step. Press ? anywhere for the keys.</p>
        <ul className="help-list">
          {helpPages.map((page) => (
            <li key={page.slug}>
              <Link href={paths.help(page.slug)}>{page.title}</Link>
              <p className="ui-muted">{page.lead}</p>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

function OnePage({ page }: { page: Content }) {
  useTitle(page.title)
  return (
    <>
      <PageHeader title={page.title}>
        <Button href={paths.help()}>All help</Button>
      </PageHeader>
      <div className="ui-page">
        <div className="help-page">
          <p className="help-lead">{page.lead}</p>
          {page.parts.map((part) => (
            <Card key={part.title} title={part.title}>
              {part.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </Card>
          ))}
          {page.go && (
            <p>
              <Button variant="primary" href={page.go.href}>
                {page.go.label}
              </Button>
            </p>
          )}
        </div>
      </div>
    </>
  )
}

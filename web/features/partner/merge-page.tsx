import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type MergeFieldName, mergePartners, previewMerge } from '#shared/merges.ts'
import { getPartner, type Partner } from '#shared/partners.ts'
import { ApiProblem, call } from '../../api.ts'
import { paths } from '../../paths.ts'
import { ask } from '../../query.ts'
import { useGo } from '../../shell/go.ts'
import { PageProblem } from '../../shell/page-problem.tsx'
import { useUndo } from '../../shell/use-undo.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AccessEffects } from './access-effects.tsx'
import { MergeFields } from './merge-fields.tsx'
import { MergeOther } from './merge-other.tsx'
import { movesInWords } from './merge-words.ts'
import { wordsOf } from './use-partner.ts'
import './merge.css'

/** /partners/:slug/merge: two partners that are one company become one, after a look at what that does. */
export function MergePage() {
  const { slug = '' } = useParams({ strict: false })
  const { other } = useSearch({ strict: false }) as { other?: string }
  const { data: partner, error } = useQuery(ask(getPartner, { params: { slug } }))
  useTitle(partner ? `Merge ${partner.legal_name}` : 'Merge')
  if (error instanceof ApiProblem && error.status === 404) return <PageProblem kind="not_found" />
  if (error) return <PageProblem kind="fault" />
  return (
    <>
      <PageHeader title={partner ? `Merge with ${partner.legal_name}` : 'Merge'}>
        {partner && <Button href={paths.partner(partner.slug)}>Cancel</Button>}
      </PageHeader>
      <div className="ui-page merge-page">
        {!partner ? (
          <Skeleton kind="card" count={2} />
        ) : !partner.can.decide ? (
          <Banner tone="neutral">An admin or the owner of both partners merges them. Ask one of them.</Banner>
        ) : (
          <>
            <MergeOther partner={partner} other={other} />
            {other && <Look key={`${partner.id} ${other}`} partner={partner} other={other} />}
          </>
        )}
      </div>
    </>
  )
}

function Look({ partner, other }: { partner: Partner; other: string }) {
  const [take, setTake] = useState<MergeFieldName[]>([])
  const { data, error, isFetching, refetch } = useQuery({
    ...ask(previewMerge, { params: { partner: partner.id }, body: { other, take } }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    gcTime: 0,
  })
  const { busy, failed, merge } = useMerge(partner, other, take)
  if (error instanceof ApiProblem && error.status < 500)
    return (
      <Banner tone="danger" role="alert">
        {error.problem.detail}
      </Banner>
    )
  if (error)
    return (
      <ErrorState
        title="Can't build the preview. Don't merge yet."
        safe="Nothing was changed."
        onRetry={() => void refetch()}
      />
    )
  if (!data) return <Skeleton kind="card" count={2} />
  const choose = (field: MergeFieldName, from: 'keep' | 'other') =>
    setTake((fields) => (from === 'other' ? [...fields, field] : fields.filter((it) => it !== field)))
  return (
    <>
      <MergeFields preview={data} take={take} onChoose={choose} />
      <Card title="What moves">
        <p>{movesInWords(data)}</p>
        {data.people.length > 0 && (
          <ul className="merge-people">
            {data.people.map(({ email, keep, other: name }) => (
              <li key={email}>
                <b>{keep}</b> {name === keep ? '' : `and ${name} `}with {email} become one contact.
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="Who sees more or less">
        <AccessEffects exposure={data.exposure} />
      </Card>
      {failed && (
        <Banner tone="danger" role="alert">
          {failed}
        </Banner>
      )}
      <div className="ui-row ui-wrap merge-end">
        <Button
          variant="primary"
          busy={busy}
          reason={isFetching ? "See first what changes. The preview isn't there yet." : undefined}
          onClick={() => void merge(data.keep.version, data.other.version)}
        >
          Merge into {data.keep.legal_name}
        </Button>
        <span className="ui-cap ui-muted">Nobody is emailed. You can undo this for 30 days.</span>
      </div>
    </>
  )
}

function useMerge(partner: Partner, other: string, take: MergeFieldName[]) {
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null })
  const queries = useQueryClient()
  const toast = useToast()
  const undo = useUndo()
  const go = useGo()
  const merge = async (version: number, other_version: number) => {
    setState({ busy: true, failed: null })
    try {
      const done = await call(mergePartners, {
        params: { partner: partner.id },
        body: { other, take, version, other_version },
      })
      // Of the one that is gone there is no preview any more.
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== previewMerge.id })
      go(paths.partner(done.partner.slug))
      toast.show({ text: `${done.act.says}.`, undo: () => void undo(done.act.id) })
    } catch (error) {
      setState({ busy: false, failed: wordsOf(error) })
      await queries.invalidateQueries({ queryKey: [previewMerge.id] })
    }
  }
  return { ...state, merge }
}

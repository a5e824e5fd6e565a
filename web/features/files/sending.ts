import { useSyncExternalStore } from 'react'
import type { FileRow } from '#shared/files.ts'
import { ApiProblem } from '../../api.ts'
import { refusalOf, sendFile, type Target } from './send-file.ts'

export type Sending = {
  key: number
  name: string
  size: number
  sent: number
  state: 'waiting' | 'sending' | 'failed'
  problem: string | null
  /** A refusal that trying again does not change. */
  final: boolean
}
type Job = Sending & { file: File; target: Target; tell: Tell; stop: AbortController }
type Tell = (done: FileRow) => void

// Kept beside the pages: leaving a tab of the partner does not end what is on its way.
const jobs = new Map<string, Job[]>()
const listeners = new Set<() => void>()
const none: readonly Sending[] = []
const at_once = 2
let last = 0

const placeOf = ({ partner_id, deal_id }: Pick<Target, 'partner_id' | 'deal_id'>) => `${partner_id} ${deal_id ?? ''}`
const all = () => [...jobs.values()].flat()

const warn = (event: BeforeUnloadEvent) => event.preventDefault()
function changed() {
  removeEventListener('beforeunload', warn)
  if (all().some(({ state }) => state !== 'failed')) addEventListener('beforeunload', warn)
  for (const tell of listeners) tell()
}

function replace(key: number, more: Partial<Job> | null) {
  for (const [place, list] of jobs) {
    const next = list.flatMap((job) => (job.key !== key ? [job] : more ? [{ ...job, ...more }] : []))
    if (next.length > 0) jobs.set(place, next)
    else jobs.delete(place)
  }
  changed()
}

function startNext() {
  const running = all().filter(({ state }) => state === 'sending').length
  for (const job of all()
    .filter(({ state }) => state === 'waiting')
    .slice(0, Math.max(0, at_once - running)))
    void run(job)
}

async function run(job: Job) {
  replace(job.key, { state: 'sending', problem: null })
  try {
    const done = await sendFile(job.file, job.target, job.stop.signal, (sent) => replace(job.key, { sent }))
    replace(job.key, null)
    job.tell(done)
  } catch (error) {
    if (job.stop.signal.aborted) return
    const problem = error instanceof ApiProblem ? error.problem.detail : (error as Error).message
    const final = error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 422
    replace(job.key, { state: 'failed', problem, final })
  } finally {
    startNext()
  }
}

/** Sends files, two at a time. In: the files, where they go, whom to tell of each that arrived. */
export function sendFiles(files: readonly File[], target: Target, tell: Tell): void {
  const list = files.map((file): Job => {
    const problem = refusalOf(file)
    return {
      key: ++last,
      name: file.name,
      size: file.size,
      sent: 0,
      state: problem ? 'failed' : 'waiting',
      problem,
      final: problem !== null,
      file,
      target,
      tell,
      stop: new AbortController(),
    }
  })
  jobs.set(placeOf(target), [...(jobs.get(placeOf(target)) ?? []), ...list])
  changed()
  startNext()
}

/** Ends it, or takes a failed one off the list. Nothing of it is kept. */
export function cancelSending(key: number): void {
  all()
    .find((job) => job.key === key)
    ?.stop.abort()
  replace(key, null)
}

export function sendAgain(key: number): void {
  replace(key, { state: 'waiting', problem: null, stop: new AbortController() })
  startNext()
}

/** What is on its way to a partner, or to one of its deals. */
export function useSending(place: Pick<Target, 'partner_id' | 'deal_id'>): readonly Sending[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => jobs.get(placeOf(place)) ?? none,
  )
}

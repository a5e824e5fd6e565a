import { type Chosen, type Planned, planMail, type Waiting, wakeAfter } from './planner.ts'

export type Left = Planned & { at: Date }

/** The mails that these happenings would have brought. In: what they chose, what happened, oldest first, and until when. Out: the mails, in order. */
export function mailsOf(chosen: Chosen, happened: readonly Waiting[], until: Date): Left[] {
  const coming = happened.map((it) => ({ ...it, digest_from: null as Date | null }))
  const left: Left[] = []
  let waiting: typeof coming = []
  let next = 0
  let wake: Date | null = null
  for (;;) {
    let at: Date | null = wake
    for (let ahead = next, it = coming[ahead]; it && !(at && it.at >= at); it = coming[++ahead]) {
      const soon = wakeAfter(it, chosen)
      if (!at || soon < at) at = soon
    }
    if (!at || at > until) return left
    for (let it = coming[next]; it && it.at <= at; it = coming[next]) {
      waiting.push(it)
      next++
    }
    const counted = left.filter(({ kind }) => kind === 'notice').map((mail) => mail.at)
    const plan = planMail(at, chosen, waiting, counted)
    const gone = new Set([...plan.passed, ...plan.mails.flatMap(({ ids }) => ids)])
    for (const it of plan.to_digest.length ? waiting : []) if (plan.to_digest.includes(it.id)) it.digest_from = at
    if (gone.size) waiting = waiting.filter(({ id }) => !gone.has(id))
    for (const mail of plan.mails) left.push({ ...mail, at })
    wake = plan.wake
  }
}

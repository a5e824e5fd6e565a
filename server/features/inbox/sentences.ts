/** One thing that happened, as the inbox knows it. */
export type Happened = { kind: string; who: string; to_value: string | null }

function deed({ kind, to_value }: Happened): string {
  switch (kind) {
    case 'comment':
      return 'commented'
    case 'stage':
      return `moved it to ${to_value ?? 'another stage'}`
    case 'answer':
      return to_value === 'accepted' ? 'accepted it' : to_value === 'declined' ? 'declined it' : 'answered it'
    case 'accepted':
      return 'accepted your invitation'
    case 'mention':
      return 'mentioned you'
    case 'prefers_email':
      return 'would rather have email'
    case 'assigned':
      return 'made you the owner'
    case 'access':
      return 'gave you access'
    case 'outcome':
      return to_value ? `marked it as ${to_value}` : 'opened it again'
    case 'sent':
      return 'sent you a deal'
    case 'resumed':
      return 'ended the pause'
    default:
      return 'wrote'
  }
}

// What nobody did: it comes with the days.
const by_itself: Record<string, string> = { quiet: 'it became quiet', protection: 'its protection ends soon' }

const listed = (all: readonly string[]) =>
  all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

/** "Ana Lindner accepted it, commented and moved it to Proposal": each deed once, in the order they came. In: oldest first. */
export function inboxSentence(happened: readonly Happened[]): string {
  const people = new Map<string, Set<string>>()
  // Of several moves the last one counts.
  const last_move = happened.findLast(({ kind }) => kind === 'stage')
  for (const it of happened) {
    if ((it.kind === 'stage' && it !== last_move) || by_itself[it.kind]) continue
    const deeds = people.get(it.who) ?? new Set<string>()
    people.set(it.who, deeds.add(deed(it)))
  }
  const came = new Set(happened.flatMap(({ kind }) => by_itself[kind] ?? []))
  const sentence = listed([...[...people].map(([who, deeds]) => `${who} ${listed([...deeds])}`), ...came])
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

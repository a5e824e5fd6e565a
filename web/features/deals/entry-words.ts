import type { Entry } from '#shared/entries.ts'
import { dayWords } from '#shared/turns.ts'

/** What an entry says after the name of who did it; empty for plain comments. */
export function entryWords({ kind, from_value: from, to_value: to, removed }: Entry, called: string): string {
  if (removed) return kind === 'note' ? 'removed a note' : 'removed a comment'
  switch (kind) {
    case 'shared':
      return `shared this deal with ${called}`
    case 'stopped':
      return `stopped sharing this deal with ${called}`
    case 'answer':
      return to === 'declined'
        ? 'declined this deal'
        : to === 'accepted'
          ? 'accepted this deal'
          : 'took the answer back'
    case 'stage':
      return from ? `moved it from ${from} to ${to}` : `moved it to ${to}`
    case 'owner':
      if (!to) return `took ${from ?? 'the owner'} off this deal`
      return from ? `changed the owner from ${from} to ${to}` : `made ${to} the owner`
    case 'outcome':
      return to ? `marked it as ${to}` : 'opened it again'
    case 'sent':
      return 'sent this deal to you'
    case 'paused':
      return `paused it until ${dayWords(to ?? '')}`
    case 'resumed':
      return 'ended the pause'
    case 'protected':
      return to ? `protected it until ${dayWords(to)}` : 'ended its protection'
    case 'mailed':
      return 'was sent an email'
    case 'viewed':
      return 'opened this deal'
    case 'call':
      return 'logged a call'
    case 'email':
      return 'wrote an email'
    case 'comment':
    case 'note':
      return ''
  }
}

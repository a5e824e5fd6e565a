import type { Change } from '#shared/log.ts'

/** The sentence without the name it begins with, where the name stands beside it already. */
export function didWhat({ who, sentence }: Pick<Change, 'who' | 'sentence'>): string {
  return sentence.startsWith(`${who} `) ? sentence.slice(who.length + 1) : sentence
}

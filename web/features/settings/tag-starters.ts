import { addTag } from '#shared/tags.ts'
import { call } from '../../api.ts'

/** Tags to begin with. */
export const starters = [
  { name: 'Strategic', meaning: 'We would notice within a week if they left.', colour: 1 },
  { name: 'Trial', meaning: 'First months; decide afterwards whether to go on.', colour: 8 },
  { name: 'Renewal this year', meaning: 'The agreement ends within twelve months.', colour: 3 },
]
export const addStarters = async (): Promise<void> => {
  for (const body of starters) await call(addTag, { body })
}

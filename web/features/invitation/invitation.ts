import type { Answer } from '#shared/endpoint.ts'
import type { readInvitation } from '#shared/portal.ts'

export type Invitation = Answer<typeof readInvitation>

import { afterAll, beforeAll } from 'vitest'
import { getDeal } from '#shared/deals.ts'
import { editPartnerAccess, getPartnerAccess } from '#shared/partners.ts'
import { type Permissions, presets } from '#shared/permissions.ts'
import { getPortalDeal, sendDeal } from '#shared/portal.ts'
import { type Cast, createCast } from './cast.ts'
import { days, type Person } from './world.ts'

export let cast: Cast

/** The cast, with two partners that send deals: Nordlicht and Fjordkraft. Called once, where a file's tests begin. */
export function beginWithTwoPartners(): void {
  beforeAll(async () => {
    cast = await createCast()
    await permit(presets.together.rows)
  })
  afterAll(() => cast.world.close())
}

/** Nordlicht's permissions, from now on. */
export async function permit(rows: Permissions): Promise<void> {
  const { version } = await cast.dana.does(getPartnerAccess, { params: { partner: cast.nordlicht.id } })
  await cast.dana.does(editPartnerAccess, {
    params: { partner: cast.nordlicht.id },
    body: { version, team_access: 'everyone', members: [], permissions: rows },
  })
}
export const inside = () => ({ workspace: cast.nordlicht.workspace })
export const draft = { kind: 'lead', customer_company: 'Elbe Kliniken', ask: 'Help us with the offer.' } as const
/** Ana sends a deal, or somebody else from elsewhere. */
export const send = (more: object = {}, who: Person = cast.ana, workspace = cast.nordlicht.workspace) =>
  who.does(sendDeal, { params: { workspace }, body: { ...draft, ...more } })
export const read = (ref: string, who = cast.dana) => who.does(getDeal, { params: { ref } })
/** The same, as Dana reads it then. */
export const sent = async (more: object = {}) => read((await send(more)).ref)
/** A deal as it is at Nordlicht. */
export const theirs = (ref: string, who: Person = cast.ana) => who.call(getPortalDeal, { params: { ...inside(), ref } })
/** The company's day, so many days from now. */
export const dayAfter = (n: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(cast.world.now().getTime() + days(n))

import type { Scene } from './database.ts'

export type Measured = { name: string; token: string; paths: string[]; bar: number | null }

/** What is measured: the pages that people open all day, and the share of the limit that each must reach. */
export function measuredEndpoints({ member_token, contact_token, workspace, refs, long_deal }: Scene): Measured[] {
  return [
    { name: 'Team: partner list', token: member_token, paths: ['/api/v1/partners'], bar: 0.5 },
    { name: 'Team: deal page', token: member_token, paths: refs.map((ref) => `/api/v1/deals/${ref}`), bar: 0.5 },
    { name: 'Team: deal timeline', token: member_token, paths: [`/api/v1/deals/${long_deal}/entries`], bar: null },
    { name: 'Portal: deal list', token: contact_token, paths: [`/api/v1/p/${workspace}/deals`], bar: 0.3 },
  ]
}

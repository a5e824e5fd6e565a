import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/company.ts'
import { editCompany, getCompany } from './company.ts'
import { addMember, editMember, listMembers } from './members.ts'
import { getHeld, takeOffTeam } from './taking-off.ts'

export function companyRoutes({ team, product }: Routes): void {
  team(api.getCompany, ({ tx }) => getCompany(tx))
  team(api.editCompany, ({ tx, body }) => editCompany(tx, body))
  team(api.listMembers, ({ tx }) => listMembers(tx))
  team(api.addMember, ({ tx, body }) => addMember(tx, product, body))
  team(api.getHeld, ({ tx, params }) => getHeld(tx, params.member))
  team(api.takeOffTeam, ({ tx, params, body }) => takeOffTeam(tx, params.member, body))
  team(api.editMember, ({ tx, params, body }) => editMember(tx, params.member, body))
}

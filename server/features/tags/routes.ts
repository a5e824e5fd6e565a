import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/tags.ts'
import { addTag, listTags } from './tags.ts'

export function tagRoutes({ team }: Routes): void {
  team(api.listTags, ({ tx }) => listTags(tx))
  team(api.addTag, ({ tx, body }) => addTag(tx, body))
}

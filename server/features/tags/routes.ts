import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/tags.ts'
import { mergeTags, previewTagMerge } from './merging.ts'
import { addTag, editTag, listArchivedTags, listTags } from './tags.ts'

export function tagRoutes({ team }: Routes): void {
  team(api.listTags, ({ tx }) => listTags(tx))
  team(api.listArchivedTags, ({ tx }) => listArchivedTags(tx))
  team(api.addTag, ({ tx, body }) => addTag(tx, body))
  team(api.editTag, ({ tx, params, body }) => editTag(tx, params.tag, body))
  team(api.previewTagMerge, ({ tx, params, body }) => previewTagMerge(tx, params.tag, body.into))
  team(api.mergeTags, ({ tx, params, body }) => mergeTags(tx, params.tag, body.into))
}

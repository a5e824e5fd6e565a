import type { Routes } from '#server/http/serve.ts'
import * as api from '#shared/session.ts'
import { addSampleData, removeSampleData } from './sample.ts'

export function sampleRoutes({ team }: Routes): void {
  team(api.addSampleData, ({ tx }) => addSampleData(tx))
  team(api.removeSampleData, ({ tx }) => removeSampleData(tx))
}

import { actEndpoints } from './acts.ts'
import { answeringEndpoints } from './answering.ts'
import { boardEndpoints } from './board.ts'
import { bulkEndpoints } from './bulk.ts'
import { companyEndpoints } from './company.ts'
import { contactEndpoints } from './contacts.ts'
import { customFieldEndpoints } from './custom-fields.ts'
import { dealEndpoints } from './deals.ts'
import { editingEndpoints } from './editing.ts'
import type { Endpoint } from './endpoint.ts'
import { entryEndpoints } from './entries.ts'
import { exportEndpoints } from './exports.ts'
import { fileEndpoints } from './files.ts'
import { findEndpoints } from './find.ts'
import { giveAndGetEndpoints } from './give-and-get.ts'
import { importEndpoints } from './imports.ts'
import { inboxEndpoints } from './inbox.ts'
import { listEndpoints } from './lists.ts'
import { logEndpoints } from './log.ts'
import { mergeEndpoints } from './merges.ts'
import { noticeEndpoints } from './notices.ts'
import { outboxEndpoints } from './outbox.ts'
import { partnerEndpoints } from './partners.ts'
import { portalEndpoints } from './portal.ts'
import { ruleEndpoints } from './rules.ts'
import { savedViewEndpoints } from './saved-views.ts'
import { sessionEndpoints } from './session.ts'
import { tagEndpoints } from './tags.ts'

/** Every endpoint there is. */
export const endpoints = [
  ...sessionEndpoints,
  ...companyEndpoints,
  ...partnerEndpoints,
  ...bulkEndpoints,
  ...findEndpoints,
  ...savedViewEndpoints,
  ...contactEndpoints,
  ...tagEndpoints,
  ...listEndpoints,
  ...ruleEndpoints,
  ...customFieldEndpoints,
  ...actEndpoints,
  ...mergeEndpoints,
  ...dealEndpoints,
  ...boardEndpoints,
  ...answeringEndpoints,
  ...entryEndpoints,
  ...editingEndpoints,
  ...fileEndpoints,
  ...importEndpoints,
  ...exportEndpoints,
  ...inboxEndpoints,
  ...logEndpoints,
  ...noticeEndpoints,
  ...outboxEndpoints,
  ...portalEndpoints,
  ...giveAndGetEndpoints,
] as unknown as readonly Endpoint[]

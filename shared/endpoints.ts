import { actEndpoints } from './acts.ts'
import { companyEndpoints } from './company.ts'
import { contactEndpoints } from './contacts.ts'
import { dealEndpoints } from './deals.ts'
import type { Endpoint } from './endpoint.ts'
import { entryEndpoints } from './entries.ts'
import { importEndpoints } from './imports.ts'
import { inboxEndpoints } from './inbox.ts'
import { logEndpoints } from './log.ts'
import { outboxEndpoints } from './outbox.ts'
import { partnerEndpoints } from './partners.ts'
import { portalEndpoints } from './portal.ts'
import { sessionEndpoints } from './session.ts'
import { tagEndpoints } from './tags.ts'

/** Every endpoint there is. */
export const endpoints = [
  ...sessionEndpoints,
  ...companyEndpoints,
  ...partnerEndpoints,
  ...contactEndpoints,
  ...tagEndpoints,
  ...actEndpoints,
  ...dealEndpoints,
  ...entryEndpoints,
  ...importEndpoints,
  ...inboxEndpoints,
  ...logEndpoints,
  ...outboxEndpoints,
  ...portalEndpoints,
] as unknown as readonly Endpoint[]

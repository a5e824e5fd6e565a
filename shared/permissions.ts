import * as z from 'zod/mini'

/** The six rows, in the order people read them. A new permission must replace one. */
export const permissionNames = [
  'sees_deals',
  'sees_value',
  'sees_customer_contact',
  'sees_notes',
  'updates_deals',
  'sends_deals',
] as const
export type PermissionName = (typeof permissionNames)[number]

export const Permissions = z.object({
  sees_deals: z.boolean(),
  sees_value: z.boolean(),
  sees_customer_contact: z.boolean(),
  sees_notes: z.boolean(),
  updates_deals: z.boolean(),
  sends_deals: z.boolean(),
})
export type Permissions = z.output<typeof Permissions>

/** What each row says, always visible; and its tooltip. `{partner}` is the partner's name. */
export const permissionTexts: Record<PermissionName, { title: string; line: string; tip: string }> = {
  sees_deals: {
    title: 'Deals you share',
    line: 'They see a deal only after you share it.',
    tip: 'Sharing one deal never opens the rest of your pipeline.',
  },
  sees_value: {
    title: 'Deal value',
    line: 'The amount on those deals.',
    tip: 'Off: they see "Value hidden". You can also hide it on a single deal.',
  },
  sees_customer_contact: {
    title: 'Customer contact details',
    line: 'Name, email and phone of the customer.',
    tip: 'Turn on when they need to call the customer. Off, they see the company name only.',
  },
  sees_notes: {
    title: 'Notes and files you share',
    line: 'Items marked "{partner} can see this".',
    tip: 'Team-only notes stay with your team, always. There is no setting that opens them.',
  },
  updates_deals: {
    title: 'Update deals',
    line: 'They can accept, move the stage and comment.',
    tip: 'Off: they can read. Every change shows who made it and can be put back.',
  },
  sends_deals: {
    title: 'Send you deals',
    line: 'They can send leads and referrals to you.',
    tip: "New ones arrive in the owner's inbox. Nothing joins your pipeline until someone accepts.",
  },
}

export const presets = {
  nothing: {
    title: 'Nothing yet',
    rows: {
      sees_deals: false,
      sees_value: false,
      sees_customer_contact: false,
      sees_notes: false,
      updates_deals: false,
      sends_deals: false,
    },
  },
  shared: {
    title: 'Shared items only',
    rows: {
      sees_deals: true,
      sees_value: false,
      sees_customer_contact: false,
      sees_notes: true,
      updates_deals: true,
      sends_deals: false,
    },
  },
  together: {
    title: 'Work together',
    rows: {
      sees_deals: true,
      sees_value: true,
      sees_customer_contact: true,
      sees_notes: true,
      updates_deals: true,
      sends_deals: true,
    },
  },
} as const satisfies Record<string, { title: string; rows: Permissions }>
export type PresetName = keyof typeof presets

/** Which preset these rows are, or 'custom' when one differs. */
export function presetOf(rows: Permissions): PresetName | 'custom' {
  const names = Object.keys(presets) as PresetName[]
  return names.find((name) => permissionNames.every((row) => presets[name].rows[row] === rows[row])) ?? 'custom'
}

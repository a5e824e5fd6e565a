import { type Html, html } from '#server/http/plain-page.ts'
import { type Choice, type Class, classWords, type NoticeSettings, unchosen, type Way } from '#shared/notices.ts'

/** What stands behind a link of a mail. */
export type Prefs = {
  who: 'member' | 'contact'
  name: string
  company: string
  class: Class | 'asked' | 'digest'
  about: 'deal' | 'partner' | null
  muted: boolean
  settings: NoticeSettings | null
  choice: Choice | null
}

type Option = { value: string; label: string; hint?: string }
const radios = (name: string, legend: string, options: readonly Option[], chosen: string): Html => html`<fieldset>
<legend>${legend}</legend>
<div class="options">
${options.map(
  ({ value, label, hint }) =>
    html`<label><input type="radio" name="${name}" value="${value}"${value === chosen && html` checked`}><span>${label}</span>${hint && html`<small>${hint}</small>`}</label>
`,
)}</div>
</fieldset>
`

const choiceOptions: readonly (Option & { value: Choice })[] = [
  { value: 'asked', label: 'When something needs me', hint: 'And on Mondays what changed, if anything did.' },
  { value: 'weekly', label: 'Only the weekly digest', hint: 'On Mondays, with what needs you on top.' },
  { value: 'only_asked', label: 'Only when something needs me', hint: 'No digest.' },
  { value: 'none', label: 'No email', hint: 'Deals are in the workspace whenever you look.' },
]
const wayOptions: readonly (Option & { value: Way })[] = [
  { value: 'now', label: 'At once' },
  { value: 'digest', label: 'In the digest', hint: 'One mail on weekday mornings.' },
  { value: 'off', label: 'Not by email', hint: 'It still reaches your inbox.' },
]
const digestOptions: readonly Option[] = [
  { value: 'keep', label: 'Keep the digest' },
  { value: 'off', label: 'No digest', hint: 'What would be in it still reaches your inbox.' },
]

/** Does the digest of a member hold anything? */
const hasDigest = (settings: NoticeSettings): boolean =>
  Object.keys(classWords).some((one) => settings[one as Class] === 'digest')

function memberForm({ class: about_class, about, muted, settings }: Prefs): Html {
  const is = settings ?? unchosen
  if (about_class === 'digest') return radios('digest', 'Your digest', digestOptions, hasDigest(is) ? 'keep' : 'off')
  const one = about_class as Class
  return html`${radios('way', classWords[one]?.name ?? 'Mails like this', wayOptions, is[one] ?? 'now')}
${
  about &&
  html`<div class="options"><label><input type="checkbox" name="mute" value="yes"${muted && html` checked`}><span>No email about this ${about} at all</span><small>It still reaches your inbox.</small></label></div>
<input type="hidden" name="muting" value="yes">`
}`
}

/** The page of a link: who it is for, how they are told now, and one button. */
export function prefsBody(it: Prefs, done: boolean): Html {
  const first = it.name.split(' ')[0]
  return html`<h1>Fewer emails like this</h1>
${
  done &&
  html`<p class="done" role="status">Saved. This is how you are told from now on.</p>
`
}<p>${first}, choose how ${it.company} tells you.</p>
<form method="post">
${it.who === 'contact' ? radios('choice', 'Email to you', choiceOptions, it.choice ?? 'asked') : memberForm(it)}
<button type="submit">Save</button>
</form>
<p class="note">${it.who === 'member' ? html`Everything else is in <a href="/settings/notifications">your settings</a>, after signing in.` : 'This changes nothing else. You can open this link again whenever you like.'}</p>
`
}

export const goneBody = html`<h1>This link has expired</h1>
<p>It came with a mail that is more than half a year old, or it is not complete. The last line of a newer mail has one that works.</p>
`

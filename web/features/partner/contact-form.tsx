import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { addContact, type Contact, editContact } from '#shared/contacts.ts'
import type { Partner } from '#shared/partners.ts'
import { call } from '../../api.ts'
import { firstName } from '../../shell/deal-words.ts'
import { useLists } from '../../shell/lists.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Conflict } from './conflict.tsx'
import { useSaving } from './saving.ts'
import { useRefresh } from './use-partner.ts'

type Fields = { name: string; email: string; phone: string; title: string; role: string | null; is_main: boolean }

const labels: Record<keyof Fields, string> = {
  name: 'Name',
  email: 'Email',
  phone: 'Phone',
  title: 'Title',
  role: 'Role',
  is_main: 'Main contact',
}

const fieldsOf = (contact: Contact | null): Fields => ({
  name: contact?.name ?? '',
  email: contact?.email ?? '',
  phone: contact?.phone ?? '',
  title: contact?.title ?? '',
  role: contact?.role ?? null,
  is_main: contact?.is_main ?? false,
})

/** Adds a person at a partner, or changes one. Sends nothing. */
export function ContactForm({
  partner,
  contact,
  onClose,
  onInvite,
}: {
  partner: Partner
  contact: Contact | null
  onClose: () => void
  onInvite: (contact: string) => void
}) {
  const refresh = useRefresh()
  const toast = useToast()
  const form = useForm<Fields>({ defaultValues: fieldsOf(contact) })
  const { register, setValue, watch, formState } = form
  const { errors } = formState
  const lists = useLists()
  const [ends, setEnds] = useState(false)
  const moved = (contact?.email ?? '').toLowerCase() !== watch('email').trim().toLowerCase()
  const out = contact?.can_sign_in && moved ? contact : null
  const said = (name: keyof Fields, value: unknown) =>
    name === 'role' ? (lists.roleName(value as string | null) ?? '') : String(value ?? '')
  const saving = useSaving<Fields, Contact | null>({
    form,
    record: contact,
    version: (it) => it?.version ?? 0,
    fieldsOf,
    send: async (changed, version) => {
      const body = { ...changed, ...('email' in changed ? { email: changed.email || null } : {}) }
      const { is_main: main, ...rest } = body
      if (contact) {
        const it = {
          version,
          ...rest,
          ...(main ? { is_main: true } : {}),
          ...(out && ends ? { ends_sign_in: true as const } : {}),
        }
        const saved = await call(editContact, { params: { contact: contact.id }, body: it })
        const invite = { label: `Invite ${firstName(saved.name)}`, run: () => onInvite(saved.id) }
        toast.show(
          out && saved.email
            ? { text: `Saved. ${saved.email} can be invited now.`, action: invite }
            : { text: 'Saved' },
        )
      } else {
        const added = { ...rest, name: changed.name ?? '', ...(main ? { is_main: true } : {}) }
        await call(addContact, { params: { partner: partner.id }, body: added })
        toast.show({ text: `${changed.name} added. Nothing was emailed.` })
      }
      await refresh()
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={contact ? `Edit ${contact.name}` : `Add a contact at ${partner.legal_name}`}
      {...(contact ? {} : { description: 'Nothing is sent.' })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="contact-form" busy={formState.isSubmitting}>
            {contact ? 'Save' : 'Add contact'}
          </Button>
        </>
      }
    >
      <form id="contact-form" className="partner-form" onSubmit={saving.save}>
        {errors.root && (
          <Banner tone="danger" role="alert">
            {errors.root.message}
          </Banner>
        )}
        {saving.newer && (
          <Conflict
            differ={saving.clashes.map((name) => ({
              label: labels[name],
              mine: said(name, watch(name)),
              theirs: said(name, fieldsOf(saving.newer)[name]),
            }))}
            onKeep={saving.keep}
            onTake={saving.take}
          />
        )}
        <Field label="Name" error={errors.name?.message} required>
          <TextInput {...register('name', { required: 'Fill this in.' })} maxLength={200} />
        </Field>
        <Field label="Email" error={errors.email?.message} optional>
          <TextInput {...register('email')} type="email" maxLength={254} />
        </Field>
        {out && (
          <Banner tone="warn" role="status">
            {firstName(out.name)} signs in with {out.email}. With another address that ends: {firstName(out.name)} is
            signed out now and won&apos;t be told. History and deals stay.
            <Checkbox
              label={`End the sign-in with ${out.email}`}
              checked={ends}
              onChange={(event) => setEnds(event.target.checked)}
            />
          </Banner>
        )}
        <div className="partner-form-pair">
          <Field label="Role" optional>
            <Select
              value={watch('role')}
              onChange={(value) => setValue('role', value, { shouldDirty: true })}
              options={lists.roleOptions(contact?.role)}
              placeholder="Choose a role"
            />
          </Field>
          <Field label="Title" error={errors.title?.message} optional>
            <TextInput {...register('title')} maxLength={120} />
          </Field>
        </div>
        <Field label="Phone" error={errors.phone?.message} optional>
          <TextInput {...register('phone')} type="tel" maxLength={60} />
        </Field>
        {!contact?.is_main && (
          <Checkbox label="Main contact" hint="The one you talk to first." {...register('is_main')} />
        )}
      </form>
    </Dialog>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { listMembers } from '#shared/company.ts'
import { editPartner, type Partner } from '#shared/partners.ts'
import { listTags } from '#shared/tags.ts'
import { call } from '../../api.ts'
import { ask } from '../../query.ts'
import { useLists } from '../../shell/lists.tsx'
import { statusOptions } from '../../shell/partner-words.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { MultiCombobox } from '../../ui/combobox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea, TextInput } from '../../ui/text-input.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Conflict } from './conflict.tsx'
import { EditLookalike } from './edit-lookalike.tsx'
import { useSaving } from './saving.ts'
import { useRefresh } from './use-partner.ts'

type Fields = {
  legal_name: string
  type: string | null
  status: Partner['status']
  owner_id: string | null
  website: string
  phone: string
  description: string
  agreement_signed: string
  tag_ids: string[]
}

const fieldsOf = (partner: Partner): Fields => ({
  legal_name: partner.legal_name,
  type: partner.type,
  status: partner.status,
  owner_id: partner.owner?.id ?? null,
  website: partner.website ?? '',
  phone: partner.phone ?? '',
  description: partner.description ?? '',
  agreement_signed: partner.agreement_signed ?? '',
  tag_ids: partner.tags.map(({ id }) => id).sort(),
})

/** Every field of a partner; when somebody else saved first, both are shown and the person chooses. */
export function EditPartner({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const form = useForm<Fields>({ defaultValues: fieldsOf(partner) })
  const { register, setValue, watch, formState } = form
  const { data: members } = useQuery(ask(listMembers, {}))
  const { data: tags } = useQuery(ask(listTags, {}))
  const lists = useLists()
  const refresh = useRefresh()
  const toast = useToast()
  const { errors } = formState
  const saving = useSaving<Fields, Partner>({
    form,
    record: partner,
    version: (it) => it.version,
    fieldsOf,
    send: async (changed, version) => {
      const { agreement_signed: signed, ...rest } = changed
      const body = { version, ...rest, ...(signed === undefined ? {} : { agreement_signed: signed || null }) }
      await call(editPartner, { params: { partner: partner.id }, body })
      await refresh()
      toast.show({ text: 'Saved' })
      onClose()
    },
  })
  const options = (tags?.items ?? []).map(({ id, name, meaning }) => ({
    value: id,
    label: name,
    ...(meaning ? { hint: meaning } : {}),
  }))
  const worn = new Set(watch('tag_ids'))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Edit ${partner.legal_name}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="edit-partner" busy={formState.isSubmitting}>
            Save
          </Button>
        </>
      }
    >
      <form id="edit-partner" className="partner-form" onSubmit={saving.save}>
        {errors.root && (
          <Banner tone="danger" role="alert">
            {errors.root.message}
          </Banner>
        )}
        {saving.newer && (
          <Conflict
            differ={differences(saving.clashes, watch(), fieldsOf(saving.newer), {
              owner_id: nameIn(members?.items),
              tag_ids: nameIn(tags?.items),
              type: (key) => lists.typeName(key as string | null) ?? '',
            })}
            onKeep={saving.keep}
            onTake={saving.take}
          />
        )}
        <Field
          label="Legal company name"
          hint="As in the contract, not the nickname."
          error={errors.legal_name?.message}
          required
        >
          <TextInput {...register('legal_name', { required: 'Fill this in.' })} maxLength={200} />
        </Field>
        <EditLookalike partner={partner} typed={{ legal_name: watch('legal_name'), website: watch('website') }} />
        <div className="partner-form-pair">
          <Field label="Type" optional>
            <Select
              value={watch('type')}
              onChange={(value) => setValue('type', value, { shouldDirty: true })}
              options={lists.typeOptions(partner.type)}
              placeholder="Choose a type"
            />
          </Field>
          <Field label="Status">
            <Select
              value={watch('status')}
              onChange={(value) => value && setValue('status', value as Fields['status'], { shouldDirty: true })}
              options={statusOptions}
            />
          </Field>
        </div>
        <Field
          label="Owner"
          {...(partner.can.decide ? {} : { hint: 'Only an admin or the owner changes this.' })}
          error={errors.owner_id?.message}
        >
          <Select
            value={watch('owner_id')}
            disabled={!partner.can.decide}
            onChange={(value) => setValue('owner_id', value, { shouldDirty: true })}
            options={(members?.items ?? [])
              .filter((one) => !one.deactivated_at && one.role !== 'read_only')
              .map(({ id, name }) => ({ value: id, label: name }))}
            placeholder="No owner"
          />
        </Field>
        <Field label="Tags" optional>
          <MultiCombobox
            value={options.filter(({ value }) => worn.has(value))}
            onChange={(next) => setValue('tag_ids', next.map(({ value }) => value).sort(), { shouldDirty: true })}
            options={options}
            placeholder="Add a tag"
            searchLabel="Search tags"
            empty="No such tag. Admins add tags in Settings."
          />
        </Field>
        <div className="partner-form-pair">
          <Field label="Website" error={errors.website?.message} optional>
            <TextInput {...register('website')} maxLength={300} inputMode="url" />
          </Field>
          <Field label="Phone" error={errors.phone?.message} optional>
            <TextInput {...register('phone')} maxLength={60} type="tel" />
          </Field>
        </div>
        <Field label="Agreement signed" error={errors.agreement_signed?.message} optional>
          <TextInput {...register('agreement_signed')} type="date" />
        </Field>
        <Field label="Description" error={errors.description?.message} optional>
          <TextArea {...register('description')} rows={3} maxLength={2000} />
        </Field>
      </form>
    </Dialog>
  )
}

const labels: Record<keyof Fields, string> = {
  legal_name: 'Name',
  type: 'Type',
  status: 'Status',
  owner_id: 'Owner',
  website: 'Website',
  phone: 'Phone',
  agreement_signed: 'Agreement signed',
  description: 'Description',
  tag_ids: 'Tags',
}

type Say = (value: unknown) => string
const nameIn =
  (items: { id: string; name: string }[] | undefined): Say =>
  (value) =>
    [value]
      .flat()
      .map((id) => items?.find((one) => one.id === id)?.name)
      .filter(Boolean)
      .join(', ')

const differences = (clashes: (keyof Fields)[], mine: Fields, theirs: Fields, says: Partial<Record<string, Say>>) =>
  clashes.map((name) => {
    const say = says[name] ?? ((value: unknown) => String(value ?? ''))
    return { label: labels[name], mine: say(mine[name]), theirs: say(theirs[name]) }
  })

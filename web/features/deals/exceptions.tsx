import { useWatch } from 'react-hook-form'
import type { Partner } from '#shared/partners.ts'
import { calledName, firstName, whose } from '../../shell/deal-words.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import type { DealForm } from './deal-form.ts'
import './deal-sight.css'

type ExceptionProps = { form: DealForm; partner: Partner }

/** For this deal only, either way: where it differs from what the partner may see. */
export function Exceptions({ form, partner }: ExceptionProps) {
  const called = calledName(partner.legal_name)
  const contact = useWatch({ control: form.control, name: 'customer_contact_name' })
  const details = contact.trim() ? `${whose(firstName(contact))} contact details` : "the customer's contact details"
  return (
    <fieldset className="deals-exceptions">
      <legend className="ui-vh">On this deal only</legend>
      <Checkbox
        label={partner.permissions.sees_value ? 'Hide value on this deal' : `Let ${called} see the value of this deal`}
        {...form.register('value_differs')}
      />
      <Checkbox
        label={
          partner.permissions.sees_customer_contact
            ? `Hide ${details} on this deal`
            : `Let ${called} see ${details} for this deal`
        }
        {...form.register('contact_differs')}
      />
    </fieldset>
  )
}

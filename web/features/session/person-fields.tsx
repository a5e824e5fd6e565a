import type { UseFormReturn } from 'react-hook-form'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { Founding } from './founding.ts'

/** Who you are. You become the first admin. */
export function PersonFields({ form }: { form: UseFormReturn<Founding> }) {
  const { errors } = form.formState
  return (
    <>
      <p>You become the first admin of this server.</p>
      <Field label="Your name" error={errors.name?.message} required>
        <TextInput
          autoComplete="name"
          autoFocus
          {...form.register('name', { validate: (value) => value.trim() !== '' || 'Fill this in.' })}
        />
      </Field>
      <Field label="Email" error={errors.email?.message} required>
        <TextInput
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.register('email', {
            validate: (value) => /^\S+@\S+\.\S+$/.test(value.trim()) || 'Write an address like ana@company.com.',
          })}
        />
      </Field>
      <Field
        label="Password"
        hint={errors.password ? undefined : 'At least 10 characters.'}
        error={errors.password?.message}
        required
      >
        <TextInput
          type="password"
          autoComplete="new-password"
          {...form.register('password', {
            validate: (value) => value.length >= 10 || 'Use at least 10 characters.',
          })}
        />
      </Field>
      <Button variant="primary" size="form" type="submit">
        Next: your company
      </Button>
    </>
  )
}

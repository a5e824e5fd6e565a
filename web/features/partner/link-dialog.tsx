import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'

/** A link to copy by hand, where the browser does not let the page do it. */
export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={`Link for ${name}`}
      description="Copy it and send it yourself. The link before it no longer works."
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <Field label="Link">
        <TextInput readOnly value={link} onFocus={(event) => event.target.select()} />
      </Field>
    </Dialog>
  )
}

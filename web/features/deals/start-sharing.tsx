import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { PartnerPicker } from './partner-picker.tsx'

/** Which partner to share with. */
export function StartSharing({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title="Share a deal"
      description="Which partner should help?"
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      <PartnerPicker />
    </Dialog>
  )
}

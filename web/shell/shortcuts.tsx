import { ShortcutsDialog } from '../ui/shortcuts-dialog.tsx'

const groups = [
  {
    title: 'Everywhere',
    keys: [
      { keys: 'Ctrl K', label: 'Find or do' },
      { keys: '/', label: 'Search' },
      { keys: '?', label: 'This list' },
      { keys: 'c p', label: 'Add partner' },
      { keys: 'Esc', label: 'Close one layer' },
    ],
  },
  {
    title: 'Go to',
    keys: [
      { keys: 'g h', label: 'Home' },
      { keys: 'g i', label: 'Inbox' },
      { keys: 'g p', label: 'Partners' },
      { keys: 'g d', label: 'Deals' },
      { keys: 'g r', label: 'Review' },
      { keys: 'g a', label: 'Access' },
    ],
  },
  {
    title: 'Lists',
    keys: [
      { keys: 'j', label: 'Next row' },
      { keys: 'k', label: 'Row before' },
      { keys: 'Enter', label: 'Open' },
      { keys: 'Space', label: 'Look at it beside the list' },
      { keys: 'x', label: 'Select' },
      { keys: 'Shift ↓', label: 'Select on the way' },
      { keys: 'f', label: 'Filter' },
      { keys: 'e', label: 'Change the first field' },
      { keys: 't', label: 'Tags' },
      { keys: 's', label: 'Status' },
      { keys: 'o', label: 'Owner' },
    ],
  },
  {
    title: 'On a partner',
    keys: [
      { keys: 'v', label: 'View as partner' },
      { keys: 'n', label: 'Write a note' },
      { keys: 'i', label: 'Invite' },
      { keys: 'c l', label: 'Share a lead' },
      { keys: 'c r', label: 'Refer a deal' },
      { keys: 'c s', label: 'Co-sell' },
    ],
  },
  {
    title: 'On a deal',
    keys: [
      { keys: 'm', label: 'Move to a stage' },
      { keys: 'o', label: 'Change the owner' },
      { keys: 'r', label: 'Comment' },
      { keys: 'w', label: 'Who saw this' },
    ],
  },
  {
    title: 'What partners sent',
    keys: [
      { keys: '1', label: 'Accept' },
      { keys: '2', label: 'Ask back' },
      { keys: '3', label: 'Decline' },
    ],
  },
]

export function Shortcuts({ onClose }: { onClose: () => void }) {
  return <ShortcutsDialog open onOpenChange={(open) => !open && onClose()} groups={groups} />
}

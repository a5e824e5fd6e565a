import { Dialog } from './dialog.tsx'
import { Kbd } from './kbd.tsx'
import './shortcuts-dialog.css'

type Group = { title: string; keys: { keys: string; label: string }[] }
type Props = { open: boolean; onOpenChange: (open: boolean) => void; groups: Group[] }

/** The list of keys. A space in `keys` means one after the other, "+" together. */
export function ShortcutsDialog({ open, onOpenChange, groups }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="large">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the list scrolls and nothing else in it takes the focus */}
      <section className="ui-shortcuts" aria-label="Keys" tabIndex={0}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.split(' ').map((key, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the same key may stand twice in a sequence
                      <Kbd key={index} keys={key.replaceAll('+', ' ')} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  )
}

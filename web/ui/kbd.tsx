import './kbd.css'

/** Keys as caps: "Ctrl K" is two keys pressed together, drawn in one cap. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd className="ui-kbd">{keys}</kbd>
}

import { type Named, namesIn } from './names-in.ts'
import './naming.css'

/** A text with the people it names standing out. */
export function NamedText({ text, people }: { text: string; people: readonly Named[] }) {
  if (people.length === 0) return text
  return namesIn(text, people).map((piece, at) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text is cut anew as a whole
      <span key={at} className="ui-named">
        @{piece.name}
      </span>
    ),
  )
}

import type { Way } from '#shared/notices.ts'
import { Segmented } from '../../ui/segmented.tsx'

const options: { value: Way; label: string }[] = [
  { value: 'now', label: 'Now' },
  { value: 'digest', label: 'Digest' },
  { value: 'off', label: 'Off' },
]

/** Now, Digest or Off. In: of what, for who cannot see the row. */
export const WayChoice = ({ of, way, onChange }: { of: string; way: Way; onChange: (way: Way) => void }) => (
  <Segmented label={of} value={way} onChange={onChange} options={options} />
)

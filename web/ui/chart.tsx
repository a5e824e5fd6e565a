import { type ReactNode, useId, useState } from 'react'
import { TextButton } from './button.tsx'
import './chart.css'

type Point = { label: string; value: number; text?: string }

const WIDTH = 268
const HEIGHT = 46

/** A line of weeks or months. The last value is marked; `summary` says it in words; the numbers are one press away. */
export function Sparkline({ label, points, summary }: { label: string; points: Point[]; summary: ReactNode }) {
  const top = Math.max(...points.map((point) => point.value), 1)
  const place = points.map((point, index) => ({
    x: 3 + (index * (WIDTH - 6)) / Math.max(points.length - 1, 1),
    y: 41 - (point.value / top) * 36,
  }))
  const end = place.at(-1)
  return (
    <Chart label={label} points={points}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="ui-sparkline" aria-hidden="true">
        <path d={`M0 43.5h${WIDTH}`} className="ui-chart-base" />
        <polyline points={place.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
        {end && <circle cx={end.x} cy={end.y} r="3" />}
      </svg>
      <div className="ui-chart-foot">
        <span>{points[0]?.label}</span>
        <span>{summary}</span>
      </div>
    </Chart>
  )
}

/** Horizontal bars with the value as text beside each. */
export function BarChart({ label, bars }: { label: string; bars: Point[] }) {
  const top = Math.max(...bars.map((bar) => bar.value), 1)
  return (
    <Chart label={label} points={bars}>
      <div className="ui-bars" aria-hidden="true">
        {bars.map((bar) => (
          <div key={bar.label} className="ui-bar-row">
            <span className="ui-trunc">{bar.label}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="10" className="ui-bar-back" />
              <rect width={(bar.value / top) * 100} height="10" />
            </svg>
            <span className="ui-num ui-end">{bar.text ?? bar.value}</span>
          </div>
        ))}
      </div>
    </Chart>
  )
}

function Chart({ label, points, children }: { label: string; points: Point[]; children: ReactNode }) {
  const [numbers, setNumbers] = useState(false)
  const id = useId()
  return (
    <figure className="ui-chart" aria-label={label}>
      {!numbers && children}
      <div id={id}>
        {numbers && (
          <table className="ui-numbers">
            <caption className="ui-vh">{label}</caption>
            <tbody>
              {points.map((point) => (
                <tr key={point.label}>
                  <th scope="row">{point.label}</th>
                  <td>{point.text ?? point.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <TextButton aria-expanded={numbers} aria-controls={id} onClick={() => setNumbers(!numbers)}>
        {numbers ? 'Show chart' : 'Show numbers'}
      </TextButton>
    </figure>
  )
}

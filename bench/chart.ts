type Bars = { label: string; kontor?: number | undefined; pgbench?: number | undefined; peer?: number | undefined }

const sides = [
  ['kontor', 'Kontor'],
  ['pgbench', 'its own SQL in pgbench: the limit'],
  ['peer', 'the reference stack'],
] as const
const [left, top, width, bar, gap] = [250, 64, 470, 12, 20]
const [least, most] = [10, 20_000]

/** Requests by the second on a logarithmic scale, as an SVG that is readable on light and on dark pages. */
export function chart(all: readonly Bars[]): string {
  const shown = all.filter(({ kontor, pgbench, peer }) => kontor ?? pgbench ?? peer)
  const used = sides.filter(([side]) => shown.some(bars => bars[side]))
  const step = used.length * (bar + 2) + gap
  const height = top + shown.length * step + 10
  const groups = shown.map((bars, n) => group(bars, top + n * step, used))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 ${height}" role="img" aria-labelledby="title">
<title id="title">Requests by the second of Kontor, of its own SQL in pgbench, and of the reference stack</title>
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .quiet { fill: #57606a } line { stroke: #d0d7de }
  .kontor { fill: #1864ab } .pgbench { fill: #94a3b8 } .peer { fill: #e8590c }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9ea7b3 } line { stroke: #3d444d }
    .kontor { fill: #4dabf7 } .pgbench { fill: #64748b } .peer { fill: #ff922b }
  }
</style>
${legend(used)}
${axis(height)}
${groups.join('\n')}
</svg>
`
}

type Used = readonly (typeof sides)[number][]

function legend(used: Used): string {
  return used
    .map(([side, title], n) => {
      const x = left + n * 150 + (n === 2 ? 70 : 0)
      return `<rect class="${side}" x="${x}" y="12" width="12" height="12" rx="2"/><text x="${x + 18}" y="22">${title}</text>`
    })
    .join('\n')
}

function axis(height: number): string {
  return [10, 100, 1_000, 10_000]
    .map(value => {
      const x = (left + lengthOf(value)).toFixed(1)
      return `<line x1="${x}" y1="${top - 12}" x2="${x}" y2="${height - 10}"/><text class="quiet" x="${x}" y="${top - 18}" text-anchor="middle">${value.toLocaleString('en')}</text>`
    })
    .join('\n')
}

function group(bars: Bars, y: number, used: Used): string {
  const lines = used.map(([side], n) => {
    const value = bars[side]
    if (!value) return ''
    const [at, length] = [y + n * (bar + 2), lengthOf(value)]
    return `<rect class="${side}" x="${left}" y="${at}" width="${length.toFixed(1)}" height="${bar}" rx="2"/><text class="quiet" x="${(left + length + 6).toFixed(1)}" y="${at + 10}">${Math.round(value).toLocaleString('en')}</text>`
  })
  const middle = y + (used.length * (bar + 2)) / 2 + 3
  return [`<text x="${left - 10}" y="${middle}" text-anchor="end">${bars.label}</text>`, ...lines]
    .filter(Boolean)
    .join('\n')
}

function lengthOf(value: number): number {
  const share = Math.log(Math.max(value, least) / least) / Math.log(most / least)
  return Math.max(2, Math.min(1, share) * width)
}

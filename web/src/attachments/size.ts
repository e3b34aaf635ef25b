const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A size as people say it: `1.4 MB`. */
export function showSize(bytes: number, locale: string): string {
  const power = Math.min(units.length - 1, bytes === 0 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  })
  return format.format(bytes / 1000 ** power)
}

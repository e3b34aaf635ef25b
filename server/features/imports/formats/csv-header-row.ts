import { foldText } from './clean-text.ts'
import { titleHeaders } from './csv-headers.ts'

/** The index of the header: the first of the top rows that names a title column among others, as TickTick, Monday and
 * Asana's sheets write lines above it; else the first row that is not empty. */
export function findHeaderRow(records: string[][]): number {
  const top = records.slice(0, 15)
  const named = top.findIndex(cells => {
    const filled = cells.filter(cell => cell.trim() !== '')
    return filled.length > 1 && filled.some(cell => titleHeaders.has(foldText(cell)))
  })
  return named >= 0
    ? named
    : Math.max(
        0,
        top.findIndex(cells => cells.some(cell => cell.trim() !== '')),
      )
}

import type { ImportNote } from '../import-plan.ts'

export type Notes = { add(note: { what: string; why: string; where?: string; count?: number }): void }

const placesListed = 20

/** Gathers equal notes into one line with a count. Writes into `list`. */
export function gatherNotes(list: ImportNote[]): Notes {
  const byText = new Map<string, ImportNote>()
  return {
    add({ what, why, where, count = 1 }) {
      const key = `${what}\n${why}`
      const note = byText.get(key) ?? { what, why, count: 0, where: [] }
      if (!byText.has(key)) list.push(note)
      byText.set(key, note)
      note.count += count
      if (where && note.where.length < placesListed && !note.where.includes(where)) note.where.push(where)
    },
  }
}

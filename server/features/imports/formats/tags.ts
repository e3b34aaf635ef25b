import { importLimits, type PlannedTag } from '../import-plan.ts'
import { cleanLine, cutText } from './clean-text.ts'
import type { Notes } from './notes.ts'

export type Tags = { ref(name: string, color?: string): string | undefined }

/** One tag for each name, whatever its case: Kontor keeps tag names unique that way. */
export function gatherTags(list: PlannedTag[], converted: Notes): Tags {
  const known = new Map<string, PlannedTag>()
  return {
    ref(name, color) {
      const full = cleanLine(name)
      if (full === '') return undefined
      const cut = cutText(full, importLimits.tagName)
      const found = known.get(cut.toLowerCase())
      if (found) return found.ref
      if (cut !== full) converted.add({ what: 'Tags longer than 60 characters', why: 'Cut.', where: full })
      const tag = { ref: `tag:${list.length + 1}`, name: cut, color: color ?? palette[list.length % palette.length]! }
      list.push(tag)
      known.set(cut.toLowerCase(), tag)
      return tag.ref
    },
  }
}

const palette = ['#4263eb', '#0c8599', '#2f9e44', '#e8590c', '#9c36b5', '#c2255c', '#5c940d', '#1971c2', '#868e96']

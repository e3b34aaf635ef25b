import Type, { type Static } from 'typebox'
import { changes, Id, object, text, Version } from '#server/http/schemas.ts'

const Name = text(60, 1, 'Unique, whatever its case')
const Color = Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: '`#rrggbb`' })

export const Tag = Type.Object({ id: Id, name: Name, color: Color, version: Version }, { $id: 'Tag' })
export type Tag = Static<typeof Tag>

export const NewTag = object({ name: Name, color: Type.Optional(Color) }, { $id: 'NewTag' })
export const TagChanges = changes({ name: Name, color: Color })

// Twelve hues that stay apart and carry white text.
const palette = [
  '#c92a2a',
  '#a61e4d',
  '#862e9c',
  '#5f3dc4',
  '#364fc7',
  '#1864ab',
  '#0b7285',
  '#087f5b',
  '#2b8a3e',
  '#5c940d',
  '#e67700',
  '#d9480f',
] as const

/** The colour of a tag that names none: the same name gets the same one in every workspace. */
export function colorFor(name: string): string {
  let hash = 0
  for (const character of name.toLowerCase()) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) | 0
  return palette[Math.abs(hash % palette.length)]!
}

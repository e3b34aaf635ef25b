import Type, { type Static } from 'typebox'
import { changes, Id, Instant, nullable, object, text, Version } from '#server/http/schemas.ts'

const Key = Type.String({ pattern: '^[A-Z][A-Z0-9]{0,9}$', description: 'Begins the keys of its tasks: `WEB`' })
const Name = text(200, 1)
const Description = text(100_000, 0, 'Markdown')
const Private = Type.Boolean({ description: 'Only for the members that it names' })

export const Project = Type.Object(
  {
    id: Id,
    key: Key,
    name: Name,
    description: Description,
    private: Private,
    archivedAt: nullable(Instant),
    creatorId: nullable(Id),
    memberIds: Type.Array(Id),
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'Project' },
)
export type Project = Static<typeof Project>

export const NewProject = object(
  { key: Type.Optional(Key), name: Name, description: Type.Optional(Description), private: Type.Optional(Private) },
  { $id: 'NewProject' },
)
export const ProjectChanges = changes({
  key: Key,
  name: Name,
  description: Description,
  private: Private,
  archived: Type.Boolean({ description: 'Archived projects stay readable and take no new tasks' }),
})

/** A key made of a name: its first letters, without accents. */
export function suggestKey(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9 ]/g, '')
    .trim()
  const words = letters.split(/ +/).filter(Boolean)
  const initials = words.length > 1 ? words.map(word => word[0]).join('') : letters
  const key = initials.replace(/^[^A-Z]+/, '').slice(0, 4)
  return key || 'PRJ'
}

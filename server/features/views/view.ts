import Type, { type Static } from 'typebox'
import { statuses } from '#server/features/tasks/task.ts'
import { changes, commaList, Id, Instant, object, oneOf, text, uuidPattern, Version } from '#server/http/schemas.ts'

const Name = text(100, 1)
const Shared = Type.Boolean({ description: 'Everyone in the workspace may read it; only its member changes it' })
const Layout = oneOf(['list', 'board'])
const ids = (what: string) =>
  Type.Optional(commaList(`${uuidPattern}|none|me`, `${what}: ids, \`me\` or \`none\`, comma-separated`))

/** The filters of `GET …/tasks`, spelt as there. What a reader of the view may not see, it does not show. */
export const Filters = object(
  {
    project: Type.Optional(commaList(uuidPattern, 'Project ids')),
    status: Type.Optional(commaList(statuses.join('|'), 'Statuses')),
    assignee: ids('Assignees'),
    creator: ids('Creators'),
    tag: Type.Optional(commaList(uuidPattern, 'Tag ids')),
    viewer: ids('Viewers'),
    due: Type.Optional(oneOf(['overdue', 'today', 'week', 'none'])),
    q: Type.Optional(text(200, 1)),
    sort: Type.Optional(oneOf(['position', 'due', 'updated', 'created', 'title'])),
  },
  { $id: 'ViewFilters' },
)
export type Filters = Static<typeof Filters>

export const View = Type.Object(
  {
    id: Id,
    memberId: Id,
    name: Name,
    shared: Shared,
    layout: Layout,
    filters: Filters,
    createdAt: Instant,
    updatedAt: Instant,
    version: Version,
  },
  { $id: 'View' },
)
export type View = Static<typeof View>

export const NewView = object(
  { name: Name, shared: Type.Optional(Shared), layout: Type.Optional(Layout), filters: Type.Optional(Filters) },
  { $id: 'NewView' },
)
export const ViewChanges = changes({ name: Name, shared: Shared, layout: Layout, filters: Filters })

import { sql } from 'kysely'
import Type, { type Static } from 'typebox'
import { findTaskByKey, searchComments, searchProjects, searchTasks } from '#server/features/search/search-queries.ts'
import { toQueryText, toTaskKey } from '#server/features/search/search-words.ts'
import { operation } from '#server/http/operation.ts'
import { Id, inWorkspace, nullable, object, oneOf, text } from '#server/http/schemas.ts'

const SearchHit = Type.Object(
  {
    type: oneOf(['task', 'comment', 'project']),
    id: Id,
    taskId: nullable(Id),
    projectId: Id,
    title: Type.String({ description: "Of the task or project; a comment has its task's" }),
    snippet: Type.String({ description: 'Plain text around the words' }),
    key: Type.String({ description: "The task's, or the project's" }),
  },
  { $id: 'SearchHit' },
)

type Found = Static<typeof SearchHit> & { rank: number }

export const search = operation({
  id: 'search',
  summary: 'Search tasks, comments and projects',
  description:
    'All words have to be there, the last at least with its beginning; best first. A task whose key is asked for ' +
    '(`WEB-12`) comes first of all. There are no further pages: more words find less.',
  route: 'GET /api/workspaces/:workspace/search',
  needs: 'membership',
  params: inWorkspace(),
  query: object({ q: text(200, 1), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })) }),
  returns: Type.Object({
    items: Type.Array(SearchHit),
    nextCursor: nullable(Type.String({ description: 'Always null' })),
  }),
  async run({ db, query }) {
    const limit = query.limit ?? 20
    const key = toTaskKey(query.q)
    const typed = toQueryText(query.q)
    const words = sql`to_tsquery('simple', ${typed ?? ''})`
    // One after the other: at once, a single search would take every connection that the workspace has.
    const found: Found[][] = key ? [await findTaskByKey(db, key)] : []
    if (typed) {
      for (const look of [searchTasks, searchComments, searchProjects]) found.push(await look(db, words, limit))
    }
    const seen = new Set<string>()
    const items = found
      .flat()
      .sort((a, b) => b.rank - a.rank)
      .filter(({ id }) => !seen.has(id) && seen.add(id))
      .slice(0, limit)
      .map(({ rank: _, ...hit }) => hit)
    return { items, nextCursor: null }
  },
})

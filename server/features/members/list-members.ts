import Type from 'typebox'
import { Member } from '#server/features/members/member.ts'
import { memberColumns } from '#server/features/members/member-queries.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { Id, inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listMembers = operation({
  id: 'listMembers',
  summary: 'List members',
  description: 'By name. A guest sees those who take part in the tasks that the guest may read.',
  route: 'GET /api/workspaces/:workspace/members',
  needs: { resource: 'member', action: 'read' },
  params: inWorkspace(),
  query: object({
    ...listQuery,
    active: Type.Optional(Type.Boolean({ description: 'Only those who can enter, or only those who cannot' })),
    role: Type.Optional(Id),
  }),
  returns: page(Member),
  run: ({ db, query, services, workspace }) =>
    listPage(
      { services, workspace, query },
      `members/${query.active}/${query.role}`,
      [
        { ref: 'member.name', type: 'text' },
        { ref: 'member.id', type: 'uuid' },
      ],
      ({ after, order, keys, limit }) => {
        let rows = db.rows('member').where(after)
        if (query.active !== undefined) rows = rows.where('member.active', '=', query.active)
        if (query.role) rows = rows.where('member.role_id', '=', query.role)
        return rows.select(memberColumns(db)).select(keys).orderBy(order).limit(limit).execute()
      },
    ),
})

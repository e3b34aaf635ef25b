import { domainColumns, toSignOnDomain } from '#server/features/single-sign-on/domain-queries.ts'
import { SignOnDomain } from '#server/features/single-sign-on/single-sign-on.ts'
import { operation } from '#server/http/operation.ts'
import { listPage } from '#server/http/paging.ts'
import { inWorkspace, listQuery, object, page } from '#server/http/schemas.ts'

export const listSignOnDomains = operation({
  id: 'listSignOnDomains',
  summary: 'List the domains of the identity provider',
  description: 'It brings only people with an address in one that is verified; a domain below it is another one.',
  route: 'GET /api/workspaces/:workspace/single-sign-on/domains',
  needs: { resource: 'workspace', action: 'write' },
  params: inWorkspace(),
  query: object(listQuery),
  returns: page(SignOnDomain),
  async run({ query, services, workspace }) {
    const { items, nextCursor } = await listPage(
      { services, workspace, query },
      'sign-on-domains',
      [{ ref: 'sign_on_domain.domain', type: 'text', notNull: true }],
      ({ after, order, keys, limit }) =>
        services.platform.db
          .selectFrom('sign_on_domain')
          .where('sign_on_domain.workspace_id', '=', workspace.id)
          .where(after)
          .select(domainColumns)
          .select(keys)
          .orderBy(order)
          .limit(limit)
          .execute(),
    )
    return { items: items.map(toSignOnDomain), nextCursor }
  },
})

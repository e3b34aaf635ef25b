import { type Command, print } from '#server/cli/command.ts'
import { withServices } from '#server/cli/with-services.ts'

export const workspaceList: Command = {
  usage: 'workspace list',
  summary: 'List the workspaces',
  async run({ config, json }) {
    const rows = await withServices(config, services =>
      services.platform.db
        .selectFrom('workspace')
        .select(['id', 'slug', 'name', 'plan', 'status', 'schema', 'created_at as createdAt'])
        .orderBy('slug')
        .execute(),
    )
    const lines = rows.map(row => `${row.slug.padEnd(24)} ${row.plan.padEnd(9)} ${row.status.padEnd(9)} ${row.name}`)
    print(json, { workspaces: rows }, lines.join('\n') || 'There are none.')
  },
}

import { type Command, print, textOf } from '#server/cli/command.ts'
import { withServices } from '#server/cli/with-services.ts'
import { slugDigest } from '#server/features/workspaces/delete-workspace-for.ts'
import { countLeftOver } from '#server/features/workspaces/left-over.ts'

export const workspaceDeletions: Command = {
  usage: 'workspace deletions [--slug S]',
  summary: 'Show what was deleted and when, and look again whether anything is left of it',
  options: { slug: { type: 'string' } },
  async run({ config, values, json }) {
    const slug = textOf(values, 'slug')
    await withServices(config, async services => {
      const records = await services.platform.db
        .selectFrom('deleted_workspace')
        .select(['id', 'schema', 'asked_at as askedAt', 'deleted_at as deletedAt'])
        .$if(slug !== undefined, query => query.where('slug_sha256', '=', slugDigest(slug!)))
        .orderBy('deleted_at')
        .execute()
      const found = []
      for (const record of records) found.push({ ...record, leftOver: await countLeftOver(services, record) })
      const lines = found.map(({ id, deletedAt, leftOver }) => {
        const left = Object.values(leftOver).reduce((sum, count) => sum + count, 0)
        return `${id}  deleted ${deletedAt}  ${left === 0 ? 'nothing left' : `LEFT: ${JSON.stringify(leftOver)}`}`
      })
      print(json, found, lines.join('\n') || 'No deletion is recorded.')
    })
  },
}

import { type Command, print, textOf } from '#server/cli/command.ts'
import { UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { deleteWorkspace } from '#server/features/workspaces/delete-workspace-for.ts'

export const workspaceDelete: Command = {
  usage: 'workspace delete <slug> --confirm <slug>',
  summary: 'Delete a workspace with everything in it',
  options: { confirm: { type: 'string' } },
  required: ['confirm'],
  arguments: ['slug'],
  async run({ config, positionals, values, json }) {
    const [slug = ''] = positionals
    if (textOf(values, 'confirm') !== slug) throw new UsageError('--confirm has to repeat the slug')
    await withServices(config, services => deleteWorkspace(services, slug))
    print(json, { slug, deleted: true }, `Deleted "${slug}".`)
  },
}

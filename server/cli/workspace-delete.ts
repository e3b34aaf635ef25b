import { type Command, print, textOf } from '#server/cli/command.ts'
import { UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { deleteWorkspaceNow } from '#server/features/workspaces/delete-workspace-for.ts'
import { cancelDeletion, planDeletion } from '#server/features/workspaces/plan-deletion.ts'

export const workspaceDelete: Command = {
  usage: 'workspace delete <slug> --confirm <slug> [--now]',
  summary: 'Close a workspace and delete it in 30 days; with --now, at once and for good',
  options: { confirm: { type: 'string' }, now: { type: 'boolean' } },
  required: ['confirm'],
  arguments: ['slug'],
  async run({ config, positionals, values, json }) {
    const [slug = ''] = positionals
    if (textOf(values, 'confirm') !== slug) throw new UsageError('--confirm has to repeat the slug')
    await withServices(config, async services => {
      if (values.now) {
        const leftOver = await deleteWorkspaceNow(services, slug)
        print(json, { slug, deleted: true, leftOver }, `Deleted "${slug}". Of it are left: ${spell(leftOver)}.`)
        return
      }
      const deleteAt = await planDeletion(services, slug)
      const until = `It is closed, and deleted on ${deleteAt}. Until then: kontor workspace keep ${slug}`
      print(json, { slug, deleted: false, deleteAt }, until)
    })
  },
}

export const workspaceKeep: Command = {
  usage: 'workspace keep <slug>',
  summary: 'Take back the deletion of a workspace',
  arguments: ['slug'],
  async run({ config, positionals, json }) {
    const [slug = ''] = positionals
    await withServices(config, services => cancelDeletion(services, slug))
    print(json, { slug, deleteAt: null }, `"${slug}" stays, and is open again.`)
  },
}

function spell(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
}

import { type Command, print, textOf } from '#server/cli/command.ts'
import { CommandError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { type Purge, purgeAudit } from '#server/features/audit-retention/prune-audit.ts'

export const auditPurge: Command = {
  usage: 'audit purge [--workspace <slug>] [--dry-run]',
  summary: 'Remove the events that their plans no longer keep, as the daily round does; --dry-run only counts them',
  options: { workspace: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  async run({ config, values, json }) {
    const dryRun = values['dry-run'] === true
    const slug = textOf(values, 'workspace')
    const purges: Purge[] = []
    const onEach = (purge: Purge) => {
      purges.push(purge)
      if (!json) console.log(sentence(purge, dryRun))
    }
    const { failed } = await withServices(config, services => purgeAudit(services, { slug, dryRun, onEach }))
    if (json) print(json, { dryRun, workspaces: purges, failed }, '')
    else if (purges.length === 0) console.log('Nothing is due.')
    if (failed.length > 0) throw new CommandError(`These were not pruned: ${failed.join(', ')}.`)
  },
}

function sentence({ workspace, count, days, before }: Purge, dryRun: boolean): string {
  const verb = dryRun ? 'would go' : 'are gone'
  return `${workspace}: ${count} events from before ${before} ${verb} (kept for ${days} days).`
}

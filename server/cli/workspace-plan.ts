import { type Command, print } from '#server/cli/command.ts'
import { UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { type Plan, plans } from '#server/config/config.ts'
import { setPlan } from '#server/features/workspaces/set-plan.ts'

export const workspacePlan: Command = {
  usage: 'workspace plan <slug> starter|pro|business',
  summary: 'Change the plan of a workspace',
  arguments: ['slug', 'plan'],
  async run({ config, positionals, json }) {
    const [slug = '', plan = ''] = positionals
    if (!plans.includes(plan as Plan)) throw new UsageError(`the plan is one of ${plans.join(', ')}`)
    const { auditRetentionDays, shrinking } = await withServices(config, services =>
      setPlan(services, slug, plan as Plan),
    )
    const warning = shrinking
      ? ` Its history is kept for ${auditRetentionDays} days until ${shrinking.at}, then for ${shrinking.days}: ` +
        `${shrinking.events} events go then. An upgrade before stops it.`
      : ` Its history is kept for ${auditRetentionDays} days.`
    const data = {
      ...{ slug, plan, auditRetentionDays },
      auditRetentionShrinksTo: shrinking?.days ?? null,
      auditRetentionShrinksAt: shrinking?.at ?? null,
      eventsThatGo: shrinking?.events ?? 0,
    }
    print(json, data, `"${slug}" has the plan ${plan}.${warning}`)
  },
}

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
    await withServices(config, services => setPlan(services, slug, plan as Plan))
    print(json, { slug, plan }, `"${slug}" has the plan ${plan}.`)
  },
}

import { type Command, print, textOf } from '#server/cli/command.ts'
import { UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { holdWorkspace } from '#server/features/workspaces/legal-hold.ts'

export const workspaceHold: Command = {
  usage: 'workspace hold <slug> on|off --reason <text>',
  summary: 'Keep a workspace and all of its history from being deleted, until the hold ends',
  options: { reason: { type: 'string' } },
  required: ['reason'],
  arguments: ['slug', 'on|off'],
  async run({ config, positionals, values, json }) {
    const [slug = '', state = ''] = positionals
    if (state !== 'on' && state !== 'off') throw new UsageError('say on or off')
    const reason = textOf(values, 'reason')?.trim() ?? ''
    if (reason.length < 1 || reason.length > 500) throw new UsageError('--reason is 1 to 500 characters')
    await withServices(config, services => holdWorkspace(services, slug, state === 'on', reason))
    const effect = state === 'on' ? 'Nothing of it is deleted until it ends.' : 'What is due goes with the next round.'
    print(json, { slug, legalHold: state === 'on' }, `"${slug}" has its legal hold ${state}. ${effect}`)
  },
}

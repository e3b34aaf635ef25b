import { openAuditKeys } from '#server/audit-log/signing-key.ts'
import { type Command, type CommandInput, print, textOf } from '#server/cli/command.ts'
import { UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { replaceAuditKey } from '#server/features/audit/replace-audit-key.ts'

const usage = 'audit key [--replace --reason <text>]'

export const auditKey: Command = {
  usage,
  summary:
    'Print the public keys that checkpoints and exports are verified with, the newest first; or go on with a new one',
  options: { replace: { type: 'boolean' }, reason: { type: 'string' } },
  async run(input) {
    if (input.values.replace) return replace(input)
    if (input.values.reason !== undefined) throw new UsageError(`--reason is for --replace; usage: kontor ${usage}`)
    const keys = openAuditKeys(input.config)
    const { name, vkey } = keys.signing()
    const all = keys.known().map(known => known.vkey)
    print(input.json, { name, key: vkey, keys: all.toReversed() }, all.toReversed().join('\n'))
  },
}

async function replace({ config, values, json }: CommandInput): Promise<void> {
  const reason = textOf(values, 'reason')?.trim() ?? ''
  if (reason.length < 1 || reason.length > 500)
    throw new UsageError('--replace needs --reason, of 1 to 500 characters: it stands in every history.')
  await withServices(config, async services => {
    const { key, before, workspaces, vouched } = await replaceAuditKey(services, reason)
    const told = `${workspaces} histories tell it; in ${vouched} of them the old key has signed for that.`
    const sentence = `${key.vkey}\nsigns from now on. ${told} Keep a copy of the key file elsewhere.`
    print(json, { key: key.vkey, before: before?.vkey ?? null, workspaces, vouched }, sentence)
  })
}

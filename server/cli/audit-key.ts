import { loadSigningKey } from '#server/audit-log/signing-key.ts'
import { type Command, print } from '#server/cli/command.ts'

export const auditKey: Command = {
  usage: 'audit key',
  summary: 'Print the public key that checkpoints and exports are verified with; keep a copy elsewhere',
  async run({ config, json }) {
    const { name, vkey } = loadSigningKey(config)
    print(json, { name, key: vkey }, vkey)
  },
}

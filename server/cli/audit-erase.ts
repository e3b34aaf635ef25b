import { type Command, print, textOf } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { type ErasureKind, erasureKinds } from '#server/features/audit-erasures/audit-erasure.ts'
import { eraseNow } from '#server/features/audit-erasures/erase-now.ts'

const text = { type: 'string' } as const

export const auditErase: Command = {
  usage: 'audit erase --workspace <slug> --member <id or e-mail> [--what names,addresses,words] --reason <text>',
  summary: 'Erase a person’s names, addresses and words from the history, which verifies as before',
  options: { workspace: text, member: text, what: text, reason: text },
  required: ['workspace', 'member', 'reason'],
  async run({ config, values, json }) {
    const kinds = (textOf(values, 'what') ?? erasureKinds.join()).split(',').map(word => word.trim())
    const what = erasureKinds.filter(kind => kinds.includes(kind))
    if (what.length === 0 || what.length !== new Set(kinds).size)
      throw new UsageError(`--what takes ${erasureKinds.join(', ')}, with commas between them`)
    const reason = textOf(values, 'reason')!.trim()
    if (reason.length < 1 || reason.length > 500) throw new UsageError('--reason is 1 to 500 characters')
    const [slug, member] = [textOf(values, 'workspace')!, textOf(values, 'member')!]
    await withServices(config, async services => {
      const order = { slug, member, what: what as ErasureKind[], reason, onProgress: showProgress() }
      const erasure = await eraseNow(services, order)
      if (erasure.status !== 'done') throw new CommandError(erasure.failure ?? 'It is not done.')
      const sentence = `Of ${erasure.erasedCount} events something was erased, of ${erasure.totalCount} that there are.`
      print(json, erasure, sentence)
    })
  },
}

const progressEveryMs = 1_000

function showProgress() {
  let last = performance.now()
  return (done: number, total: number) => {
    if (performance.now() - last < progressEveryMs) return
    last = performance.now()
    console.error(`Erasing: ${done} of ${total} events`)
  }
}

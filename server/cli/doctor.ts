import type { Command } from '#server/cli/command.ts'
import { examine } from '#server/doctor/examine.ts'

export const doctor: Command = {
  usage: 'doctor',
  summary: 'Check configuration, keys, database, privileges, storage, mail and disk',
  async run({ config, json }) {
    const findings = await examine(config)
    const marks = { ok: '✓', warning: '!', error: '✗' }
    if (json) console.log(JSON.stringify({ findings }))
    else for (const { level, check, detail } of findings) console.log(`${marks[level]} ${check}: ${detail}`)
    if (findings.some(finding => finding.level === 'error')) process.exitCode = 1
  },
}

import { stringify } from 'yaml'
import type { Command } from '#server/cli/command.ts'
import { features } from '#server/features/index.ts'
import { describeApi } from '#server/http/openapi.ts'
import { version } from '#server/version.ts'

export const openapi: Command = {
  usage: 'openapi [--yaml]',
  summary: 'Print the description of the API',
  options: { yaml: { type: 'boolean' } },
  async run({ values }) {
    const document = describeApi(features, version)
    console.log(values.yaml ? stringify(document) : JSON.stringify(document, null, 2))
  },
}

import { type Command, print, textOf } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import type { Config } from '#server/config/config.ts'
import type { KeyRing } from '#server/crypto/keys.ts'
import { type DatabaseServer, loginAs, serverAt, urlOf } from '#server/database/server.ts'
import { findRunning, loadKeys } from '#server/installation.ts'
import { createLog } from '#server/log.ts'
import { startServices } from '#server/start-services.ts'

export const databaseUrl: Command = {
  usage: 'database url --as superuser|platform|workspace:<slug>',
  summary: 'Print how that login reaches the database; the server has to run',
  options: { as: { type: 'string' } },
  required: ['as'],
  async run({ config, values, json }) {
    const server = config.databaseUrl ? serverAt(config.databaseUrl.href) : findRunning(config)
    if (!server) throw new CommandError('The database does not run: start Kontor first.')
    const url = await urlFor(textOf(values, 'as') ?? '', config, server, await loadKeys(config))
    print(json, { url }, url)
  },
}

async function urlFor(who: string, config: Config, server: DatabaseServer, keys: KeyRing): Promise<string> {
  if (who === 'superuser') return server.admin.connectionString!
  if (who === 'platform') return urlOf(loginAs(server, keys, 'kontor_platform'))
  const slug = who.match(/^workspace:(.+)$/)?.[1]
  if (!slug) throw new UsageError('--as takes superuser, platform or workspace:<slug>')
  const { services, close } = startServices({ config, log: createLog(config), keys, server })
  try {
    const found = await services.platform.db
      .selectFrom('workspace')
      .select(['schema', 'login_key'])
      .where('slug', '=', slug)
      .executeTakeFirst()
    if (!found) throw new CommandError(`There is no workspace "${slug}".`)
    return urlOf(loginAs(server, keys, found.schema, found.login_key))
  } finally {
    await close()
  }
}

import { randomBytes } from 'node:crypto'
import { type Command, print, textOf } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { type Plan, plans } from '#server/config/config.ts'
import { createAccount } from '#server/features/accounts/create-account.ts'
import { createWorkspaceFor } from '#server/features/workspaces/create-workspace-for.ts'

export const workspaceCreate: Command = {
  usage:
    'workspace create --name N --slug S --admin-email E [--admin-name N] [--admin-password P] [--plan starter|pro|business]',
  summary: 'Make a workspace and its first admin',
  options: {
    name: { type: 'string' },
    slug: { type: 'string' },
    plan: { type: 'string' },
    'admin-email': { type: 'string' },
    'admin-name': { type: 'string' },
    'admin-password': { type: 'string' },
  },
  required: ['name', 'slug', 'admin-email'],
  async run({ config, values, json }) {
    const plan = (textOf(values, 'plan') ?? config.defaultPlan) as Plan
    if (!plans.includes(plan)) throw new UsageError(`--plan takes ${plans.join(', ')}`)
    const slug = textOf(values, 'slug')!
    if (!/^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/.test(slug))
      throw new UsageError('--slug takes 1 to 48 lower-case letters, digits and hyphens')
    const email = textOf(values, 'admin-email')!.toLowerCase()
    const given = textOf(values, 'admin-password')
    const password = given ?? randomBytes(15).toString('base64url')
    await withServices(config, async services => {
      const taken = await services.platform.db
        .selectFrom('workspace')
        .select('id')
        .where('slug', '=', slug)
        .executeTakeFirst()
      if (taken) throw new CommandError(`There is a workspace "${slug}" already.`)
      const account = await createAccount(services, {
        email,
        name: textOf(values, 'admin-name') ?? email.split('@')[0]!,
        password,
      })
      const owner = { accountId: account.id, email, name: account.name }
      const { id, schema, admin } = await createWorkspaceFor(services, {
        name: textOf(values, 'name')!,
        slug,
        plan,
        owner,
      })
      const shown = account.isNew && !given ? { password } : {}
      print(
        json,
        { id, slug, plan, schema, adminId: admin.memberId, accountId: account.id, ...shown },
        `Made the workspace "${slug}" (${plan}) with the admin ${email}${'password' in shown ? `, password ${password}` : ''}.`,
      )
    })
  },
}

import { randomBytes } from 'node:crypto'
import { type Command, print, textOf } from '#server/cli/command.ts'
import { CommandError, UsageError } from '#server/cli/errors.ts'
import { withServices } from '#server/cli/with-services.ts'
import { addMember } from '#server/features/members/add-member.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'

const roles = ['admin', 'manager', 'member', 'guest'] as const

export const memberAdd: Command = {
  usage: 'member add --workspace S --email E --name N --role admin|manager|member|guest [--password P]',
  summary: 'Add a member; makes the account where there is none',
  options: {
    workspace: { type: 'string' },
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    password: { type: 'string' },
  },
  required: ['workspace', 'email', 'name', 'role'],
  async run({ config, values, json }) {
    const role = roles.find(name => name === textOf(values, 'role'))
    if (!role) throw new UsageError(`--role takes ${roles.join(', ')}`)
    const slug = textOf(values, 'workspace')!
    const email = textOf(values, 'email')!.toLowerCase()
    const given = textOf(values, 'password')
    const password = given ?? randomBytes(15).toString('base64url')
    const isVouchedFor = given !== undefined
    await withServices(config, async services => {
      const workspace = await findWorkspaceBySlug(services, slug)
      if (!workspace) throw new CommandError(`There is no workspace "${slug}".`)
      const name = textOf(values, 'name')!
      const added = await addMember(services, workspace, { email, name, role, password, isVouchedFor })
      const shown = added.isNewAccount && !given ? { password } : {}
      print(
        json,
        { id: added.memberId, accountId: added.accountId, email, role, ...shown },
        `${email} is a ${role} of "${slug}"${'password' in shown ? `, password ${password}` : ''}.`,
      )
    })
  },
}

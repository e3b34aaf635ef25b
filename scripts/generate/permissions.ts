import type { Feature, Operation } from '#server/http/operation.ts'
import { actionsOf, builtinRoles, type Permissions, resources } from '#server/permissions/roles.ts'

/** The page of the documentation that says who may do what: the built-in roles, then every operation. */
export function generatePermissions(features: readonly Feature[]): string {
  const operations = features
    .flatMap(feature => feature.operations)
    .filter(operation => operation.access === 'workspace')
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
  return [
    introduction,
    table(['Permission', ...names], rowsOfRoles()),
    betweenTables,
    table(['Operation', 'Route', 'Needs', ...names], operations.map(rowOf)),
    ending,
  ].join('\n\n')
}

const names = builtinRoles.map(role => role.name)

const introduction = `# Who may do what

<!-- Made by \`npm run generate\` from the declarations; do not edit. -->

For each permission, a resource and an action, a role says how far it goes:

- **all**: everything of that kind in the workspace;
- **project**: what lies in a project that names the member or is open to everyone, and what is their own. What is open
  to everyone is not open to guests;
- **own**: what is the member's own: a task that they created or are assigned to (to read it, also one that they are a
  viewer of), a comment that they wrote, a file that they attached, their time;
- **–**: nothing.

Comments and attachments are reached with their task only: who may not read a task reads none of them, and who may not
change it adds and removes no files. Nothing is changed by somebody who may not read it. To *write* is to create, to
change and to delete. Roles of your own are any such matrix, and nobody gives away more than they have.

## Built-in roles`

const betweenTables = `## Operations

What each operation in a workspace needs, and how far the built-in roles go with it. *Membership*: open to every active
member; what it shows or takes is their own, or what they may see or do anyway.`

const ending = `## Why somebody may, or may not

\`GET /api/workspaces/:workspace/permissions/explain?resource=task&action=read&id=…&member=…\` says of one member and one
object whether it is permitted, and by which rule: it evaluates the conditions that decide when it is done. Everyone may
ask of themselves, and with \`member.write\` of others, about what they may read. In the pages it is *Who can see this?* in
the menu of a task or a project, and *Explain permissions* in that of a member. \`rule\` is one of:

| Rule | Allowed | Because |
| --- | --- | --- |
| \`all\`, \`project\`, \`own\` | yes | the role goes as far |
| \`self\` | yes | everyone may read themselves, and the role that they have |
| \`role\` | no | the role does not give the permission at all |
| \`token\` | no | the role gives it, and the API token that asks was not given it |
| \`not-own\`, \`not-in-project\` | no | the role does not go as far as this object |
| \`unreadable\` | no | the member may not even read it |
| \`task\` | no | it goes with its task, which the member may not read, or change |
| \`audit\` | no | it is told everything, so it takes \`audit.read\` of all as well |
| \`beyond-own\` | no | the role concerned may do more than the member |
| \`deactivated\` | no | the member is not active |
`

function rowsOfRoles(): string[][] {
  return resources.flatMap(resource =>
    actionsOf[resource].map(action => [
      code(`${resource}.${action}`),
      ...builtinRoles.map(({ permissions }) => scopeIn(permissions, resource, action)),
    ]),
  )
}

function rowOf({ id, route, needs }: Operation): string[] {
  const shown = [code(id), code(route.replace('/api/workspaces/:workspace', '…'))]
  if (typeof needs !== 'object') return [...shown, 'membership', ...names.map(() => 'yes')]
  const scopes = builtinRoles.map(({ permissions }) => scopeIn(permissions, needs.resource, needs.action))
  return [...shown, code(`${needs.resource}.${needs.action}`), ...scopes]
}

function scopeIn(permissions: Permissions, resource: keyof Permissions, action: string): string {
  const scope = (permissions[resource] as Record<string, string>)[action]
  return scope === undefined || scope === 'none' ? '–' : scope
}

// By path, so that what belongs together stands together.
function order({ route }: Operation): string {
  return route.split(' ').toReversed().join(' ')
}

function code(text: string): string {
  return `\`${text}\``
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

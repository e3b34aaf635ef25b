import { type SelectQueryBuilder, sql } from 'kysely'
import type { Reader } from '#server/database/door.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import { Explanation, explanationQuery } from '#server/features/permissions/explanation.ts'
import { reasonOf } from '#server/features/permissions/reason.ts'
import { requireGivableRole, requireWithinOwn } from '#server/features/roles/role-queries.ts'
import { operation } from '#server/http/operation.ts'
import { fieldProblem, ProblemError, problem } from '#server/http/problems.ts'
import { inWorkspace } from '#server/http/schemas.ts'
import type { Access } from '#server/permissions/access.ts'
import {
  type Evaluated,
  type FactWord,
  factsOf,
  objectOf,
  partsOf,
  type Question,
  ruleOf,
  ruleWithoutObject,
  scopeIn,
} from '#server/permissions/explain.ts'
import { policies } from '#server/permissions/policies.ts'
import { actionsOf } from '#server/permissions/roles.ts'

export const explainPermission = operation({
  id: 'explainPermission',
  summary: 'Explain a permission',
  description:
    'Whether somebody may do something, and by which rule. Of yourself, everyone may ask; of another member, who has the ' +
    'permission `member.write`. With an `id`, the very conditions are evaluated that decide when it is done; an object that ' +
    '*you* may not read is unknown (404). Without, the answer is what the role gives. Of yourself with an API token, ' +
    'the answer is what the token may. It says nothing of rules that hold for everyone, as that an admin stays.',
  route: 'GET /api/workspaces/:workspace/permissions/explain',
  needs: 'membership',
  params: inWorkspace(),
  query: explanationQuery,
  returns: Explanation,
  async run({ db, query, services, workspace }) {
    const { id, member: memberId = db.access.memberId, ...question } = query
    if (!(actionsOf[question.resource] as readonly string[]).includes(question.action))
      throw fieldProblem('/query/action', `There is no ${question.action} of ${question.resource}.`)
    if (id && !objectOf(question)) throw fieldProblem('/query/id', 'This permission is of no object: leave the id out.')
    if (memberId !== db.access.memberId && db.access.permissions.member.write === 'none') throw problem('forbidden')
    const member = await db.require('member', memberId)
    const role = await db.rows('role').where('role.id', '=', member.role_id).select('role.name').executeTakeFirst()
    const names = { who: member.name, role: role?.name ?? null }
    const tell = ({ rule, allowed, scope, facts }: Found): Explanation => ({
      allowed,
      memberId,
      role: { id: member.role_id, name: names.role },
      scope,
      rule,
      reason: reasonOf(rule, { ...question, ...names }),
      facts,
    })
    const asked = { db, question, id }
    const asMember: As = work => services.workspaces.read(workspace, { memberId }, work)
    if (memberId === db.access.memberId) {
      const found = await explain(asked, work => work(db))
      const isTaken = !found.allowed && db.access.tokenId !== null && (await explain(asked, asMember)).allowed
      return tell(isTaken ? { ...found, rule: 'token' } : found)
    }
    if (member.active) return tell(await explain(asked, asMember))
    if (id) await db.require(objectOf(question)!.resource, id)
    return tell({ rule: 'deactivated', allowed: false, scope: 'none', facts: [] })
  },
})

type Asked = { db: Reader; question: Question; id: string | undefined }
type Found = Pick<Explanation, 'rule' | 'allowed' | 'scope' | 'facts'>
/** Runs `work` as the member of whom it is asked. */
type As = <T>(work: (reader: Reader) => Promise<T>) => Promise<T>

async function explain({ db, question, id }: Asked, as: As): Promise<Found> {
  const access = await as(accessNow)
  const scope = scopeIn(access.permissions, question)
  const guest = { fact: 'guest' as const, holds: access.guest }
  if (!id) {
    const rule = ruleWithoutObject(access, question)
    return { rule, allowed: rule !== 'role' && rule !== 'audit', scope, facts: [guest] }
  }
  const { resource } = objectOf(question)!
  const facts = factsOf(access, resource)
  // Through the door of whoever asks, with the conditions of whom it is asked of.
  const row = await (db.rows(resource) as SelectQueryBuilder<WorkspaceTables, 'task', object>)
    .where(sql.ref(`${policies[resource].table}.id`), '=', id)
    .select(Object.entries(partsOf(access, question)).map(([name, condition]) => condition.as(name)))
    .select(Object.entries(facts).map(([name, condition]) => condition.as(name)))
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  const found = row as Evaluated & Record<string, boolean | null>
  const isBeyond = found.allowed && (await isBeyondOwn(question, id, as))
  return {
    rule: isBeyond ? 'beyond-own' : ruleOf(question, scope, found),
    allowed: found.allowed && !isBeyond,
    scope,
    facts: [guest, ...Object.keys(facts).map(fact => ({ fact: fact as FactWord, holds: found[fact] === true }))],
  }
}

// In a statement, which confirms it.
async function accessNow(reader: Reader): Promise<Access> {
  await reader.require('member', reader.access.memberId, 'self')
  return reader.access
}

// Nobody changes a role that may do more than they may, or a member who has one: asked of what refuses it.
async function isBeyondOwn({ resource, action }: Question, id: string, as: As): Promise<boolean> {
  if (action !== 'write' || (resource !== 'member' && resource !== 'role')) return false
  const check = async (reader: Reader) => {
    if (resource === 'role') return requireWithinOwn(reader, await reader.require('role', id))
    const { role_id: roleId } = await reader.require('member', id)
    return requireGivableRole(reader, roleId)
  }
  return as(check).then(
    () => false,
    error => {
      if (error instanceof ProblemError) return true
      throw error
    },
  )
}

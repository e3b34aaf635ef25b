import Type, { type Static } from 'typebox'
import { Id, nullable, object, oneOf } from '#server/http/schemas.ts'
import { factWords, ruleWords } from '#server/permissions/explain.ts'
import { actionsOf, resources, scopes } from '#server/permissions/roles.ts'

const actions = [...new Set(resources.flatMap(resource => [...actionsOf[resource]]))]

export const Explanation = Type.Object(
  {
    allowed: Type.Boolean(),
    memberId: Id,
    role: Type.Object({ id: Id, name: nullable(Type.String({ description: 'null: you may not read the role' })) }),
    scope: oneOf(scopes, { description: 'What the role gives; of yourself with an API token, what that leaves of it' }),
    rule: oneOf(ruleWords, { description: 'By which rule' }),
    reason: Type.String({ description: 'The rule as an English sentence' }),
    facts: Type.Array(Type.Object({ fact: oneOf(factWords), holds: Type.Boolean() }), {
      description: 'What is true of the object and the member, to understand the rule by',
    }),
  },
  { $id: 'Explanation' },
)
export type Explanation = Static<typeof Explanation>

export const explanationQuery = object({
  resource: oneOf(resources),
  action: oneOf(actions),
  id: Type.Optional(
    Type.String({ format: 'uuid', description: 'The object; for `create`, what the new one would be put into' }),
  ),
  member: Type.Optional(Type.String({ format: 'uuid', description: 'Of whom it is asked; by default of you' })),
})

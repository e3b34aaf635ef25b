import { expect, test } from 'vitest'
import type { Explanation } from '#client'
import { de } from '#web/messages/de.ts'
import { en } from '#web/messages/en.ts'
import { fr } from '#web/messages/fr.ts'
import { nl } from '#web/messages/nl.ts'
import { factsIn, reasonIn, verdictOf } from '#web/permissions/verdict.ts'
import openapi from '../../../client/openapi.json' with { type: 'json' }

const { rule, facts } = openapi.components.schemas.Explanation.properties
const said: Explanation = {
  allowed: true,
  memberId: 'm',
  role: { id: 'r', name: 'Member' },
  scope: 'own',
  rule: 'own',
  reason: '',
  facts: [],
}
const names = { who: 'Mia', role: 'Member' }

test('every rule and every fact that the server can name is a sentence in each language', () => {
  for (const messages of [en, nl, fr, de]) {
    for (const word of rule.enum) {
      const sentence = reasonIn(messages, { ...said, rule: word as Explanation['rule'] }, 'tag', names)
      expect(sentence).toMatch(/^\p{Lu}.*\.$/u)
      expect(sentence).not.toContain('undefined')
    }
    const words = facts.items.properties.fact.enum.map(fact => ({ fact, holds: true })) as Explanation['facts']
    for (const [name] of factsIn(messages, { ...said, facts: words }, true)) expect(name).toMatch(/^\p{Lu}/u)
  }
})

test('what is open to everybody is not said to be open to guests', () => {
  const guest: Explanation = { ...said, rule: 'not-in-project', facts: [{ fact: 'guest', holds: true }] }
  expect(reasonIn(en, guest, 'task', names)).not.toContain('everybody')
  expect(reasonIn(en, { ...guest, rule: 'own' }, 'project', names)).not.toContain('everybody')
  expect(reasonIn(en, { ...guest, facts: [] }, 'task', names)).toContain('everybody')
})

test('without one thing in mind, what holds for some of them is said to be so in part', () => {
  expect(verdictOf(said, true)).toBe('yes')
  expect(verdictOf(said, false)).toBe('partly')
  expect(verdictOf({ ...said, rule: 'all' }, false)).toBe('yes')
  expect(verdictOf({ ...said, allowed: false, rule: 'role' }, false)).toBe('no')
  const known: Explanation['facts'] = [{ fact: 'guest', holds: false }]
  expect(factsIn(en, { ...said, facts: known }, false)).toEqual([])
  expect(factsIn(en, { ...said, facts: known }, true)).toEqual([['Is a guest', false]])
})

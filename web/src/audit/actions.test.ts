import { expect, test } from 'vitest'
import { auditActions, auditEntities, describeAction } from '#web/audit/actions.ts'
import { specialOf } from '#web/audit/special.ts'
import { de } from '#web/messages/de.ts'
import { en } from '#web/messages/en.ts'
import { fr } from '#web/messages/fr.ts'
import { nl } from '#web/messages/nl.ts'
import openapi from '../../../client/openapi.json' with { type: 'json' }

const { parameters } = openapi.paths['/api/workspaces/{workspace}/audit-events'].get
const listed = (name: string): string[] => {
  const schema = parameters.find(parameter => parameter.name === name)?.schema
  return schema && 'enum' in schema ? (schema.enum as string[]) : []
}

test('every action and every entity of the server has its words in each language', () => {
  expect(listed('action').length).toBeGreaterThan(60)
  for (const messages of [en, nl, fr, de]) {
    const { actions, entities, kinds, sentences } = messages.audit
    for (const entity of listed('entity')) {
      expect(entities, entity).toHaveProperty(entity)
      expect(kinds, entity).toHaveProperty(entity)
    }
    for (const action of listed('action')) {
      const verb = action.split('.')[1]!
      expect(sentences, action).toHaveProperty(verb)
      expect(actions, action).toHaveProperty(verb)
      expect(describeAction(action, messages)).not.toMatch(/_|undefined/)
    }
  }
})

test('the filters offer every action and every entity that the server knows, and no other', () => {
  expect([...auditActions].sort()).toEqual(listed('action').sort())
  expect([...auditEntities].sort()).toEqual(listed('entity').sort())
})

test('closing, keeping and holding a workspace, and its provider, have sentences of their own', () => {
  const updated = (changes: Record<string, { from: unknown; to: unknown }>) =>
    specialOf({ action: 'workspace.updated', changes })
  expect(updated({ deleteAt: { from: null, to: '2026-12-23T09:00:00.000Z' } })).toBe('closed')
  expect(updated({ deleteAt: { from: '2026-12-23T09:00:00.000Z', to: null } })).toBe('kept')
  expect(updated({ requiresSecondFactor: { from: false, to: true } })).toBe('factorAsked')
  expect(updated({ legalHold: { from: true, to: false } })).toBe('released')
  expect(updated({ name: { from: 'A', to: 'B' }, requiresSecondFactor: { from: false, to: true } })).toBeUndefined()
  expect(updated({ name: { from: 'A', to: 'B' } })).toBeUndefined()
  expect(specialOf({ action: 'sign_on.updated', changes: { domains: { from: [], to: ['acme.example'] } } })).toBe(
    'domains',
  )
})

import { expect, test } from 'vitest'
import { outcomeOf } from '#server/outbound/attempt.ts'
import { spellOutcome } from '#web/connections/spell-outcome.ts'
import { de } from '#web/messages/de.ts'

const made = { at: '2026-11-02T10:00:00.000Z', durationMs: 1, responseStatus: null, answer: null, error: null }

test('what the server says of an attempt is told in the language that is spoken', () => {
  const spell = (error: string) => spellOutcome(outcomeOf({ ...made, error }), de)
  expect(spell('no answer within 10 seconds')).toBe('keine Antwort innerhalb von 10 Sekunden')
  expect(spell('not reached: ECONNREFUSED')).toBe('nicht erreicht (ECONNREFUSED)')
  expect(spell('hooks.example.eu has no address.')).toBe('hooks.example.eu hat keine Adresse')
  expect(spell('switched off after 15 failed attempts: answered 500')).toBe(
    'nach 15 Fehlversuchen abgeschaltet, zuletzt: 500',
  )
  expect(spell('something new')).toBe('something new')
})

test('an answer is told by its number alone', () => {
  expect(spellOutcome(outcomeOf({ ...made, responseStatus: 503 }), de)).toBe('503')
  expect(spellOutcome(outcomeOf({ ...made, responseStatus: 204 }), de)).toBe('204')
})

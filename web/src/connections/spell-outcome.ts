import type { Messages } from '#web/messages/en.ts'

/** What the server says of an attempt, in the language that is spoken; what is not known here stays in its words. */
export function spellOutcome(words: string, messages: Pick<Messages, 'deliveries'>): string {
  const { outcomes } = messages.deliveries
  const off = /^switched off after (\d+) failed attempts: (.*)$/s.exec(words)
  if (off) return outcomes.off(Number(off[1]), spellOutcome(off[2]!, messages))
  if (words === 'switched off: the receiver answered 410 Gone') return outcomes.goneReceiver
  if (words === 'no answer within 10 seconds') return outcomes.timeout
  if (words === 'the event has left the history') return messages.deliveries.gone
  const [, code] = /^not reached: (.*)$/s.exec(words) ?? []
  if (code !== undefined) return outcomes.notReached(code)
  const [, host] = /^(\S+) has no address\.$/.exec(words) ?? []
  if (host !== undefined) return outcomes.noAddress(host)
  const [, inside] = /^(\S+) leads to what is not an address of the public internet\.$/.exec(words) ?? []
  if (inside !== undefined) return outcomes.notPublic(inside)
  return /^answered (\d+)$/.exec(words)?.[1] ?? words
}

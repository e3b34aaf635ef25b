import type { SecurityEvent } from '#client'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'

/** What happened, as a sentence for whose account it is. */
export function useEventSentence({ kind, details }: SecurityEvent): string {
  const { sentences } = useMessages().security.events
  const { dateTime } = useFormats()
  const fact = (name: string) => (details[name] == null ? '' : String(details[name]))
  const until = fact('until')
  return sentences[kind]({
    method: fact('method'),
    isNewDevice: details.newDevice === true,
    until: Number.isNaN(Date.parse(until)) ? '' : dateTime(until),
    by: fact('by'),
    name: fact('name'),
    device: fact('device'),
    count: Number(details.count ?? 0),
    from: fact('from'),
    to: fact('to'),
    token: fact('token'),
    workspace: fact('workspace'),
    network: fact('network'),
  })
}

import type { Person } from '#tests/setup/world.ts'

export type Told = {
  id: string
  at: string
  entity: string
  entityId: string
  taskId: string | null
  projectId: string | null
  action: string
  memberId: string | null
}
export type Message = { cursor: string; event: Told }

/** Follows a workspace's events as a browser would. `next` waits for one; `ended` for the server to end the stream. */
export async function openEventStream(
  url: string,
  slug: string,
  who: Pick<Person, 'token'> | { cookie: string },
  lastEventId?: string,
) {
  const credential = 'cookie' in who ? { Cookie: who.cookie } : { Authorization: `Bearer ${who.token}` }
  const stop = new AbortController()
  const answer: Response = await fetch(`${url}/api/workspaces/${slug}/events`, {
    headers: new Headers(Object.entries({ ...credential, ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}) })),
    signal: stop.signal,
  })
  if (!answer.ok) throw Object.assign(new Error(`refused: ${await answer.text()}`), { status: answer.status })
  const reader = answer.body!.getReader()
  const decoder = new TextDecoder()
  const messages: Message[] = []
  let place = ''
  let rest = ''
  let done = false
  const pull = async () => {
    const chunk = await reader.read().catch(() => ({ done: true, value: undefined }))
    done = chunk.done
    const blocks = (rest + decoder.decode(chunk.value, { stream: true })).split('\n\n')
    rest = blocks.pop()!
    place = blocks.flatMap(placeOf).at(-1) ?? place
    messages.push(...blocks.flatMap(parse))
  }
  await pull()
  return {
    headers: answer.headers,
    /** Where a browser would resume: what the newest `id:` says, of an event or of a comment. */
    place: () => place,
    async next(): Promise<Message> {
      while (messages.length === 0 && !done) await pull()
      const message = messages.shift()
      if (!message) throw new Error('the stream ended')
      return message
    },
    async ended(): Promise<void> {
      while (!done) await pull()
    },
    close: () => stop.abort(),
  }
}

function parse(block: string): Message[] {
  const [cursor] = placeOf(block)
  const [, data] = block.match(/^data: (.+)$/m) ?? []
  return cursor && data ? [{ cursor, event: JSON.parse(data) }] : []
}

function placeOf(block: string): string[] {
  return block.match(/(?<=^id: ).+$/m) ?? []
}

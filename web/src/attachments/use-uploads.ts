import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createClient } from '#client'
import { newIdempotencyKey } from '#web/api.ts'
import { attachmentsQuery } from '#web/attachments/attachments-query.ts'
import { fetchWithProgress } from '#web/attachments/fetch-with-progress.ts'
import { describeProblem } from '#web/forms/problem.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** A file on its way: `share` of it has left; `problem` is why it did not arrive. */
export type UploadState = { id: string; name: string; share: number; problem?: string; stop: () => void }

export function useUploads(task: string) {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const [uploads, setUploads] = useState<UploadState[]>([])
  const change = (id: string, changes: Partial<UploadState>) =>
    setUploads(now => now.map(upload => (upload.id === id ? { ...upload, ...changes } : upload)))
  const drop = (id: string) => setUploads(now => now.filter(upload => upload.id !== id))

  async function send(file: File): Promise<void> {
    const id = newIdempotencyKey()
    const stopped = new AbortController()
    setUploads(now => [...now, { id, name: file.name, share: 0, stop: () => stopped.abort() }])
    const form = new FormData()
    form.append('file', file)
    const { createAttachment } = createClient({ fetch: fetchWithProgress(share => change(id, { share })) })
    try {
      const attachment = await createAttachment({
        path: { workspace, task },
        form,
        idempotencyKey: id,
        signal: stopped.signal,
      })
      client.setQueryData(attachmentsQuery(workspace, task).queryKey, (known = []) => [...known, attachment])
      drop(id)
    } catch (error) {
      if (stopped.signal.aborted) return drop(id)
      change(id, { problem: describeProblem(error), stop: () => drop(id) })
    }
  }

  return { uploads, add: (files: Iterable<File>) => void Promise.all(Array.from(files, send)) }
}

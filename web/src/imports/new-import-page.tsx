import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportPreview } from '#client'
import { api, newIdempotencyKey } from '#web/api.ts'
import { ChooseFile } from '#web/imports/choose-file.tsx'
import { ImportPlan } from '#web/imports/import-plan.tsx'
import type { Mapping } from '#web/imports/mapping.ts'
import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Chosen = { file: File; preview: ImportPreview }

/** A file, what would become of it, and the start. Nothing is stored until then. */
export function NewImportPage() {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const { project } = useSearch({ from: '/signed-in/w/$workspace/imports/new' })
  const [chosen, setChosen] = useState<Chosen>()
  const look = useMutation({
    meta: { handlesProblem: true },
    mutationFn: async (file: File): Promise<Chosen> => {
      const preview = await api.previewImport({ path: { workspace }, form: formOf(file, { format: 'auto' }) })
      return { file, preview }
    },
    onSuccess: setChosen,
  })
  const start = useMutation({
    meta: { handlesProblem: true },
    mutationFn: ({ mapping, project }: { mapping: Mapping | null; project: string | null }) => {
      const { file, preview } = chosen!
      const fields = {
        format: preview.format,
        ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
        ...(project ? { project } : {}),
      }
      return api.createImport({ path: { workspace }, form: formOf(file, fields), idempotencyKey: newIdempotencyKey() })
    },
    onSuccess: ({ id }) => navigate({ to: '/w/$workspace/imports/$import', params: { workspace, import: id } }),
  })
  return (
    <Page title={work.imports.start} lead={work.imports.lead}>
      {chosen ? (
        <ImportPlan
          key={chosen.file.name + chosen.file.lastModified}
          file={chosen.file}
          preview={chosen.preview}
          project={project}
          starting={start.isPending}
          problem={start.error}
          onStart={(mapping, target) => start.mutate({ mapping, project: target })}
          onBack={() => setChosen(undefined)}
        />
      ) : (
        <ChooseFile reading={look.isPending} problem={look.error} onChoose={file => look.mutate(file)} />
      )}
    </Page>
  )
}

// The server reads the fields before the file.
function formOf(file: File, fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  return form
}

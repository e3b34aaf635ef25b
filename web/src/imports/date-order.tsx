import { Input, SegmentedControl } from '@mantine/core'
import type { ImportPreview } from '#client'
import type { Mapping } from '#web/imports/mapping.ts'
import { useMessages } from '#web/messages/language.ts'

/** Asked only where nothing in the file proves whether 03/04 is in April or in March. */
export function DateOrder({
  preview,
  mapping,
  onChange,
}: {
  preview: ImportPreview
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}) {
  const { work } = useMessages()
  if (preview.dateOrderSure) return null
  return (
    <Input.Wrapper label={work.imports.dateOrder} mb="lg" labelElement="div">
      <div>
        <SegmentedControl
          aria-label={work.imports.dateOrder}
          value={String(mapping.dateOrder ?? 'dmy')}
          data={[
            { value: 'dmy', label: work.imports.dayFirst },
            { value: 'mdy', label: work.imports.monthFirst },
          ]}
          onChange={dateOrder => onChange({ ...mapping, dateOrder })}
        />
      </div>
    </Input.Wrapper>
  )
}

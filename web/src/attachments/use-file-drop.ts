import { type DragEvent, useState } from 'react'

/** Lets files be dropped on an element: spread `zone` on it; `over` while some hover above it. */
export function useFileDrop(take: (files: File[]) => void) {
  const [depth, setDepth] = useState(0)
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const zone = {
    onDragEnter: (event: DragEvent) => hasFiles(event) && setDepth(now => now + 1),
    onDragLeave: (event: DragEvent) => hasFiles(event) && setDepth(now => Math.max(0, now - 1)),
    onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDepth(0)
      const files = [...event.dataTransfer.files]
      if (files.length > 0) take(files)
    },
  }
  return { zone, over: depth > 0 }
}

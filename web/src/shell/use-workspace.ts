import { useParams } from '@tanstack/react-router'

/** The slug of the workspace that the page is in. Only below `/w/$workspace`. */
export function useWorkspace(): string {
  return useParams({ from: '/signed-in/w/$workspace', select: params => params.workspace })
}

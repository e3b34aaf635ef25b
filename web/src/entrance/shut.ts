import { ApiProblem } from '#client'

/** Whether the workspace waits to be deleted. */
export function isClosing(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'workspace-closing'
}

/** Whether the workspace asks for a second factor, which this session was not given. */
export function lacksFactor(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'second-factor-missing'
}

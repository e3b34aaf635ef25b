/** Work that is done later, by the worker, at least once. Names and what each is given are declared in one list. */
export type JobPayloads = {
  'send-mail': { mailId: string }
  'send-password-reset': { resetId: string }
  'send-waiting-resets': Record<string, never>
  'send-waiting-mail': Record<string, never>
  'tell-security-events': Record<string, never>
  'run-import': { workspaceId: string; importId: string; memberId: string }
  'run-audit-export': { workspaceId: string; exportId: string }
  'run-audit-schedule': { workspaceId: string; scheduleId: string }
  'make-morning-round': { workspaceId: string }
  'read-events': { workspaceId: string }
  'seal-audit-events': { workspaceId: string }
  'sign-audit-checkpoint': { workspaceId: string }
  'deliver-events': { workspaceId: string; table: 'webhook' | 'integration'; id: string }
  'replay-deliveries': { workspaceId: string; webhookId: string }
  'finish-provisioning': Record<string, never>
  'clean-up': Record<string, never>
  'erase-audit': { workspaceId: string; erasureId: string }
  'prune-audit': Record<string, never>
  'rotate-keys': Record<string, never>
  'sweep-files': Record<string, never>
}
export type JobName = keyof JobPayloads

export type Jobs = {
  /**
   * Enqueues a job. With `key`, a job of that key that waits already is replaced instead of repeated; jobs of one
   * `queue` run one after another. `delayMs` puts it off; a job of its key that waits already keeps its time then.
   */
  add<N extends JobName>(
    name: N,
    payload: JobPayloads[N],
    options?: { key?: string; queue?: string; delayMs?: number },
  ): Promise<void>
  /** How many jobs wait that are about a workspace. */
  countOf(workspaceId: string): Promise<number>
  /** Removes them. One that runs ends by itself: its workspace is gone. */
  removeOf(workspaceId: string): Promise<void>
}

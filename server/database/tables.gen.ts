// Made by `npm run generate` from sql/; do not edit.

import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export type PlatformTables = {
  account: {
    id: string
    email: string
    name: string
    password_hash: string | null
    language: Generated<'en' | 'nl' | 'fr' | 'de'>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    password_is_short: Generated<boolean>
  }
  account_event: {
    id: string
    account_id: string
    at: string
    kind: string
    address: string | null
    user_agent: Generated<string>
    details: ColumnType<unknown, string | undefined, string>
    spread_at: string | null
  }
  account_event_telling: {
    workspace_id: string
    event_id: string
    member_id: string
    attempts: Generated<number>
    retry_at: string | null
  }
  deleted_workspace: {
    id: string
    slug_sha256: Buffer
    schema: string
    asked_at: string | null
    deleted_at: string
    left_over: ColumnType<unknown, string, string>
  }
  email_change: {
    account_id: string
    id: string
    payload: string
    code_hash: string
    attempts: Generated<number>
    created_at: Generated<string>
    expires_at: string
  }
  idempotency: {
    account_id: string
    key: string
    request_sha256: Buffer
    status: number | null
    response: string | null
    created_at: Generated<string>
  }
  key_holder: {
    id: string
    name: string
    versions: number[]
    sealing: number
    works: boolean
    seen_at: Generated<string>
  }
  key_rotation: {
    version: number
    announced_at: Generated<string>
    activated_at: string | null
    finished_at: string | null
    total: Generated<number>
    done: Generated<number>
    broken: Generated<number>
  }
  known_device: {
    id: string
    account_id: string
    token_hash: Buffer
    created_at: Generated<string>
    last_used_at: Generated<string>
  }
  mail: {
    id: string
    payload: string
    attempts: Generated<number>
    created_at: Generated<string>
    retry_at: string | null
  }
  membership: {
    account_id: string
    workspace_id: string
    member_id: string
    created_at: Generated<string>
  }
  migration: {
    name: string
    sha256: string
    applied_at: Generated<string>
  }
  passkey: {
    id: string
    account_id: string
    name: string
    credential_id: Buffer
    public_key: Buffer
    counter: Generated<number>
    transports: Generated<string[]>
    synced: Generated<boolean>
    created_at: Generated<string>
    last_used_at: string | null
  }
  passkey_challenge: {
    id: string
    account_id: string | null
    purpose: 'add' | 'sign-in' | 'second-factor' | 'proof'
    challenge: Buffer
    expires_at: string
  }
  password_reset: {
    id: string
    email_digest: Buffer
    payload: string | null
    account_id: string | null
    code_hash: string | null
    attempts: Generated<number>
    created_at: Generated<string>
    expires_at: string
  }
  rate_limit: {
    bucket: Buffer
    hits: string[]
    expires_at: string
  }
  recovery_code: {
    id: string
    account_id: string
    code_hash: Buffer
    used_at: string | null
  }
  session: {
    id: string
    token_hash: Buffer
    account_id: string
    user_agent: Generated<string>
    address: string | null
    created_at: Generated<string>
    last_seen_at: Generated<string>
    expires_at: string
    method: Generated<'password' | 'passkey' | 'single_sign_on' | 'signup' | 'invitation'>
    second_factor: Generated<boolean>
    proved_at: Generated<string>
    workspace_id: string | null
  }
  sign_in_guard: {
    key: Buffer
    account_id: string | null
    purpose: 'password' | 'second_factor'
    failures: Generated<number>
    consecutive: Generated<number>
    locked_until: string | null
    last_failed_at: string
  }
  sign_on_attempt: {
    id: string
    workspace_id: string
    state_hash: Buffer
    payload: string
    expires_at: string
  }
  sign_on_domain: {
    workspace_id: string
    domain: string
    token: string
    verified_at: string | null
    created_at: Generated<string>
  }
  sign_on_identity: {
    workspace_id: string
    issuer: string
    subject: string
    account_id: string
    created_at: Generated<string>
  }
  signup: {
    id: string
    payload: string
    code_hash: string
    attempts: Generated<number>
    created_at: Generated<string>
    expires_at: string
  }
  totp: {
    account_id: string
    secret: string
    confirmed_at: string | null
    last_step: Generated<number>
    created_at: Generated<string>
  }
  workspace: {
    id: string
    slug: string
    name: string
    plan: 'starter' | 'pro' | 'business'
    database: Generated<string>
    schema: string
    schema_version: Generated<string>
    login_key: number
    status: 'creating' | 'active' | 'broken' | 'deleting'
    provisioning: string | null
    created_at: Generated<string>
    requires_second_factor: Generated<boolean>
    has_key: Generated<boolean>
    delete_at: string | null
    legal_hold: Generated<boolean>
    audit_due_at: string | null
  }
}

export type WorkspaceTables = {
  api_token: {
    id: string
    member_id: string
    name: string
    token_hash: Buffer
    permissions: ColumnType<unknown, string | null | undefined, string | null>
    version: Generated<number>
    created_at: Generated<string>
    expires_at: string | null
    revoked_at: string | null
    last_used_at: string | null
    last_used_network: string | null
    networks: Generated<string[]>
    made_with: string | null
  }
  attachment: {
    id: string
    task_id: string
    creator_id: string | null
    name: string
    media_type: string
    size_bytes: number
    sha256: string
    version: Generated<number>
    created_at: Generated<string>
  }
  audit_checkpoint: {
    size: number
    note: string
    created_at: Generated<string>
  }
  audit_erasure: {
    id: string
    member_id: string
    what: string[]
    reason: string
    asker_id: string | null
    request_id: string | null
    status: Generated<'waiting' | 'running' | 'done' | 'failed'>
    failure: string | null
    known: string | null
    size: Generated<number>
    next_index: Generated<number>
    erased_count: Generated<number>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    finished_at: string | null
  }
  audit_event: {
    id: string
    seq: GeneratedAlways<number>
    xid: Generated<string>
    at: Generated<string>
    entity: string
    entity_id: string
    task_id: string | null
    project_id: string | null
    action: string
    member_id: string | null
    token_id: string | null
    request_id: string | null
    changes: ColumnType<unknown, string, string>
    member_name: Generated<string | null>
    token_name: Generated<string | null>
    job: Generated<string | null>
    address: Generated<string | null>
    reason: Generated<string | null>
    salt: Generated<string | null>
    salts: ColumnType<unknown, string | null | undefined, string | null>
    erased: ColumnType<unknown, string | null | undefined, string | null>
  }
  audit_export: {
    id: string
    kind: 'export' | 'schedule'
    format: 'csv' | 'ndjson'
    member_id: string | null
    token_id: string | null
    schedule_id: string | null
    filters: ColumnType<unknown, string | undefined, string>
    from_index: Generated<number>
    size: number | null
    status: 'waiting' | 'running' | 'done' | 'failed' | null
    slot: number | null
    attempts: Generated<number>
    done_count: Generated<number>
    total_count: number | null
    file_id: string | null
    size_bytes: number | null
    sha256: string | null
    failure: string | null
    finished_at: string | null
    expires_at: string | null
    every: 'daily' | 'weekly' | 'monthly' | null
    hour: number | null
    webhook_id: string | null
    active: boolean | null
    next_at: string | null
    next_index: number | null
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  audit_leaf: {
    event_id: string
    index: number
    at: string
    terms: string[]
    search: string
  }
  audit_tile: {
    level: number
    n: number
    hashes: Buffer
  }
  comment: {
    id: string
    task_id: string
    author_id: string | null
    author_name: Generated<string>
    body: string
    search: GeneratedAlways<string | null>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    edited_at: string | null
  }
  idempotency: {
    member_id: string
    key: string
    request_sha256: Buffer
    status: number | null
    response: string | null
    created_at: Generated<string>
  }
  import: {
    id: string
    member_id: string | null
    format: string
    file_name: string
    mapping: ColumnType<unknown, string | null | undefined, string | null>
    project_id: string | null
    token_id: string | null
    attempts: Generated<number>
    status: Generated<'waiting' | 'running' | 'done' | 'failed'>
    done_count: Generated<number>
    total_count: Generated<number>
    result: ColumnType<unknown, string | null | undefined, string | null>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    finished_at: string | null
  }
  integration: {
    id: string
    kind: 'slack' | 'mattermost' | 'teams'
    name: string
    actions: Generated<string[]>
    token: string
    active: Generated<boolean>
    sent_xid: Generated<string>
    sent_seq: Generated<number>
    failures: Generated<number>
    last_status: string | null
    retry_at: string | null
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  invitation: {
    id: string
    email: string
    role_id: string
    token_hash: Buffer
    inviter_id: string | null
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    expires_at: string
    token: string | null
    mail_id: string | null
  }
  member: {
    id: string
    account_id: string | null
    email: string
    name: string
    role_id: string
    active: Generated<boolean>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    confirmed_at: string | null
    locked_until: string | null
    digest: Generated<'off' | 'daily' | 'weekdays'>
    digest_on: Generated<string>
  }
  notification: {
    id: string
    member_id: string
    event_id: string | null
    kind: 'assigned' | 'mentioned' | 'commented' | 'viewer_added' | 'status_changed' | 'due'
    task_id: string | null
    actor_id: string | null
    created_at: Generated<string>
    read_at: string | null
    due_on: string | null
    digest_on: Generated<string>
  }
  project: {
    id: string
    key: string
    name: string
    description: Generated<string>
    private: Generated<boolean>
    archived_at: string | null
    creator_id: string | null
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  project_member: {
    project_id: string
    member_id: string
    created_at: Generated<string>
  }
  role: {
    id: string
    name: string
    builtin: 'admin' | 'manager' | 'member' | 'guest' | null
    guest: Generated<boolean>
    permissions: ColumnType<unknown, string, string>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  saved_view: {
    id: string
    member_id: string
    name: string
    shared: Generated<boolean>
    layout: Generated<'list' | 'board'>
    filters: ColumnType<unknown, string | undefined, string>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  sign_on: {
    id: string
    issuer: string
    client_id: string
    client_secret: string | null
    role_id: string
    domains: Generated<string[]>
    verified_domains: Generated<string[]>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  tag: {
    id: string
    name: string
    color: Generated<string>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  task: {
    id: string
    project_id: string
    number: number
    title: string
    description: Generated<string>
    status: Generated<'backlog' | 'todo' | 'doing' | 'review' | 'done' | 'cancelled'>
    priority: Generated<'none' | 'low' | 'medium' | 'high' | 'urgent'>
    creator_id: string | null
    assignee_id: string | null
    parent_id: string | null
    start_on: string | null
    due_on: string | null
    estimate_seconds: number | null
    position: Generated<number>
    search: GeneratedAlways<string | null>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    closed_at: string | null
  }
  task_counter: {
    project_id: string
    last: number
  }
  task_tag: {
    task_id: string
    tag_id: string
  }
  task_viewer: {
    task_id: string
    member_id: string
  }
  time_entry: {
    id: string
    member_id: string
    project_id: string
    task_id: string | null
    started_at: string
    ended_at: string | null
    note: Generated<string>
    billable: Generated<boolean>
    rate_cents: number | null
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
  }
  webhook: {
    id: string
    url: string
    actions: Generated<string[]>
    secret: string
    active: Generated<boolean>
    sent_xid: Generated<string>
    sent_seq: Generated<number>
    failures: Generated<number>
    last_status: string | null
    retry_at: string | null
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    previous_secret: string | null
    previous_until: string | null
  }
  webhook_delivery: {
    webhook_id: string
    id: string
    action: string
    status: 'pending' | 'delivered' | 'failed' | 'given_up'
    attempts: ColumnType<unknown, string | undefined, string>
    attempt_count: Generated<number>
    failures: Generated<number>
    next_attempt_at: string | null
    created_at: Generated<string>
    finished_at: string | null
  }
  workspace: {
    id: string
    name: string
    slug: string
    plan: 'starter' | 'pro' | 'business'
    schema_version: Generated<string>
    admin_epoch: Generated<number>
    notified_xid: Generated<string>
    notified_seq: Generated<number>
    version: Generated<number>
    created_at: Generated<string>
    updated_at: Generated<string>
    requires_second_factor: Generated<boolean>
    delete_at: string | null
    sealed_xid: Generated<string>
    sealed_seq: Generated<number>
    sealed_size: Generated<number>
    audit_retention_days: number
    audit_shrinks_to: number | null
    audit_shrinks_at: string | null
    legal_hold: Generated<boolean>
  }
}

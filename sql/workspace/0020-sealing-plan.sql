-- One plan for every batch, which looks each event up by its id: seeing 500 ids, the planner would walk through all
-- events from the first one on, as long as there are some ten thousand of them.
alter function seal_audit_events_:schema(bigint, xid8, bigint, uuid[], jsonb) set plan_cache_mode = 'force_generic_plan';

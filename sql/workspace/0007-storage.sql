-- Refuses more bytes than the workspace may keep. Files that come at once are counted one after another.
create function require_storage(p_more bigint, p_limit bigint) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform from :schema.workspace for no key update;
  if (select coalesce(pg_catalog.sum(a.size_bytes), 0) + p_more > p_limit from :schema.attachment a) then
    raise exception using errcode = '23514', constraint = 'workspace_storage',
      message = 'the workspace may keep no more files';
  end if;
end
$$;
revoke execute on function require_storage from public;
grant execute on function require_storage to :schema;

-- When the workspace goes, as long as that can be taken back. The directory decides; this row has the history.
alter table workspace add column delete_at timestamptz(3);
grant update (delete_at) on workspace to :schema;
drop trigger workspace_touch on workspace;
create trigger workspace_touch before update of name, slug, plan, requires_second_factor, delete_at on workspace
  for each row execute function kontor.touch_row();

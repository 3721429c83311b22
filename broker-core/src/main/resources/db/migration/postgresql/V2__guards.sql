-- Transactions end in another order than they begin: id is the order of recording, position is
-- given afterwards, in the order in which events became visible.
create table event (
  id bigint generated always as identity primary key,
  position bigint unique,
  tenant varchar not null,
  type varchar not null,
  resource varchar not null,
  kind varchar not null,
  happened timestamp(6) with time zone not null,
  content ${json} not null
);
create index event_tenant on event (tenant, position);
create index event_without_position on event (id) where position is null;

-- At most one interval of a resource is open.
create unique index usage_running on usage_interval (resource) where ended is null;

-- A job that has ended stays as it is.
create function job_end() returns trigger language plpgsql as $$
begin
  raise exception 'job % has ended as % and cannot become %', old.id, old.state, new.state
    using errcode = '23514';
end
$$;
create trigger job_end before update on resource for each row
  when (old.kind = 'Job' and old.state in ('SUCCESS', 'FAILED', 'STOPPED')
    and new.state is distinct from old.state)
  execute function job_end();

-- One writing connection: positions are given in the order of commits.
create table event (
  position bigint primary key,
  tenant varchar not null,
  type varchar not null,
  resource varchar not null,
  kind varchar not null,
  happened timestamp(6) with time zone not null,
  content ${json} not null
);
create index event_tenant on event (tenant, position);

-- At most one interval of a resource is open.
alter table usage_interval add column running varchar
  generated always as (case when ended is null then resource end);
create unique index usage_running on usage_interval (running);

-- A job that has ended stays as it is.
create trigger job_end before update on resource
  for each row call 'io.meltemi.broker.store.EndStateTrigger';

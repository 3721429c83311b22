-- One row shape for all resource kinds. Filters, order and counts are answered from memory.
create table resource (
  id varchar ${binary} primary key,
  tenant varchar not null,
  kind varchar not null,
  parent varchar ${binary},
  name varchar not null,
  state varchar not null,
  created timestamp(6) with time zone not null,
  updated timestamp(6) with time zone not null,
  generation bigint not null,
  document ${json} not null
);
create index resource_parent on resource (parent, kind, id);

-- What workers do. The Job that people see is a resource.
create table task (
  job varchar primary key,
  tenant varchar not null,
  queue varchar not null,
  step varchar not null,
  due timestamp(6) with time zone not null,
  attempts integer not null,
  memory ${json} not null,
  fence bigint not null,
  owner varchar,
  until timestamp(6) with time zone
);
create index task_queue on task (queue, due);

-- How long a resource was what it was: the base of every bill.
create table usage_interval (
  resource varchar not null,
  tenant varchar not null,
  kind varchar not null,
  state varchar not null,
  machines bigint not null,
  cpu bigint not null,
  memory_kibibytes bigint not null,
  disk_kilobytes bigint not null,
  account varchar not null,
  began timestamp(6) with time zone not null,
  ended timestamp(6) with time zone,
  primary key (resource, began),
  check (ended is null or ended > began)
);
create index usage_tenant on usage_interval (tenant, began);

-- What is taken from each budget, and by whom.
create table budget (
  name varchar primary key,
  machines bigint not null check (machines >= 0),
  cpu bigint not null check (cpu >= 0),
  memory_kibibytes bigint not null check (memory_kibibytes >= 0),
  disk_kilobytes bigint not null check (disk_kilobytes >= 0)
);
create table claim (
  budget varchar not null references budget,
  holder varchar not null,
  machines bigint not null,
  cpu bigint not null,
  memory_kibibytes bigint not null,
  disk_kilobytes bigint not null,
  primary key (budget, holder)
);
create index claim_holder on claim (holder);

-- Answers that are repeated when the same request comes again.
create table idempotency (
  tenant varchar not null,
  name varchar not null,
  digest varchar not null,
  answer varchar not null,
  until timestamp(6) with time zone not null,
  primary key (tenant, name)
);

-- Duties that one replica has at a time.
create table lease (
  name varchar primary key,
  owner varchar not null,
  until timestamp(6) with time zone not null,
  fence bigint not null
);

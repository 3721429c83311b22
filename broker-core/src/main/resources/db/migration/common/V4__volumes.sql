-- Volumes count beside machines, CPUs, memory and disk.
alter table usage_interval add column volumes bigint default 0 not null;
alter table budget add column volumes bigint default 0 not null check (volumes >= 0);
alter table claim add column volumes bigint default 0 not null;

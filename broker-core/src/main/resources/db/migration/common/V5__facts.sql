-- What changed of the facts of accounts and their places. The newest of each fact is what is known.
create table fact_change (
  account varchar not null,
  number bigint not null,
  place varchar not null,
  fact varchar not null,
  old_value varchar,
  new_value varchar,
  source varchar not null,
  happened timestamp(6) with time zone not null,
  newest boolean not null,
  primary key (account, number)
);
create index fact_change_of on fact_change (account, place, fact, newest);

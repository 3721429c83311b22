-- Number of the last group of changes in this file; the journal beside it holds later ones, if any.
create table journal (
  number bigint not null
);
insert into journal (number) values (0);

-- Beside the table that a view is read from: the one before it, and one that was built to be compared and switched to.
alter table ledger.views
    add column previous_version  int,
    add column candidate_table   text,
    add column candidate_version int;
update ledger.views set previous_version = substring(previous_table from '_v([0-9]+)_[0-9]+$')::int where previous_table is not null;

-- What the code that a view's table was made by makes of each kind of event: effects has a hash for each kind that it takes
-- note of, known is every kind there was. Code that makes something else of them is another version.
create table ledger.view_prints (
    name    text   not null,
    version int    not null,
    columns text   not null,
    known   text[] not null,
    effects jsonb  not null,
    primary key (name, version)
);

-- Views, and which table each is read from. A query reads views.<name>; the tables behind it are numbered builds.

create schema views;

create table ledger.views (
    name           text primary key,
    version        int  not null,
    table_name     text not null,
    previous_table text,
    builds         int  not null
);

-- Moves a view's place in the log in the transaction of its rows, or undoes that transaction: somebody else is ahead, the
-- lease is lost, or the view is read from another table by now.
create function ledger.move_view(p_name text, p_table text, p_from bigint, p_to bigint, p_lease text, p_epoch bigint)
returns void language plpgsql as $$
begin
    update ledger.places
        set position = p_to, moved_at = clock_timestamp()
        where name = 'view:' || p_table and position = p_from;
    if not found
        or (p_name is not null and not exists (select from ledger.views where name = p_name and table_name = p_table))
        or (p_lease is not null and not exists (select from ledger.leases where name = p_lease and epoch = p_epoch)) then
        raise exception 'view % has moved on', p_table using errcode = 'LG001';
    end if;
end
$$;

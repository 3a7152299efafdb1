-- Files that stay however many come after them: images of products. Of the others, logos, only the last are kept.
alter table ledger.tenant_files add column is_kept boolean not null default false;

-- What the chain hashes, in SQL alone, so that anybody with a copy of the tables can check it.

-- One field, length-prefixed: no two rows of fields give the same text.
create function ledger.field(value text) returns text language sql immutable parallel safe as
$$ select coalesce(octet_length(value)::text || ':' || value, '~') $$;

-- The digest of one event, format 1: every stored column but is_archived, and the kind of its stream.
create function ledger.event_digest(
    seq_id bigint, id uuid, stream_id uuid, version bigint, data jsonb, bdata bytea, type text, recorded_at timestamptz,
    tenant_id text, mt_dotnet_type text, correlation_id text, causation_id text, headers jsonb, user_name text,
    stream_type text) returns bytea language sql stable parallel safe as
$$
    select sha256(convert_to('1;'
        || ledger.field(seq_id::text) || ledger.field(id::text) || ledger.field(stream_id::text)
        || ledger.field(version::text) || ledger.field(data::text) || ledger.field(encode(bdata, 'hex'))
        || ledger.field(type) || ledger.field((extract(epoch from recorded_at) * 1000000)::bigint::text)
        || ledger.field(tenant_id) || ledger.field(mt_dotnet_type) || ledger.field(correlation_id)
        || ledger.field(causation_id) || ledger.field(headers::text) || ledger.field(user_name)
        || ledger.field(stream_type), 'UTF8'))
$$;

-- The hash of a block: its place, its time, its events, and the block before.
create function ledger.block_hash(
    first_position bigint, last_position bigint, recorded_at timestamptz, digests bytea, previous bytea)
    returns bytea language sql stable parallel safe as
$$
    select sha256('\x01'::bytea || int8send(first_position) || int8send(last_position)
        || int8send((extract(epoch from recorded_at) * 1000000)::bigint) || previous || digests)
$$;

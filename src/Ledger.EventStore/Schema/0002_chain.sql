-- What the chain hashes, in SQL alone, so that anybody with a copy of the tables can check it.

-- The digest of one event, format 1: every stored column but is_archived, and the kind of its stream. Numbers and ids end
-- with a semicolon, the instant is in microseconds since 1970, and a text has its length in bytes and a colon before it,
-- which for null stand alone: no two events give the same text. data and headers are given as PostgreSQL prints them; a
-- caller that has them as columns spares printing them twice.
create function ledger.event_digest(
    seq_id bigint, id uuid, stream_id uuid, version bigint, data text, bdata bytea, type text, recorded_at timestamptz,
    tenant_id text, mt_dotnet_type text, correlation_id text, causation_id text, headers text, user_name text,
    stream_type text) returns bytea language sql stable parallel safe as
$$
    select sha256(convert_to(concat(
        '1;', seq_id, ';', id, ';', stream_id, ';', version, ';', (extract(epoch from recorded_at) * 1000000)::bigint, ';',
        octet_length(data), ':', data, octet_length(bdata) * 2, ':', encode(bdata, 'hex'), octet_length(type), ':', type,
        octet_length(tenant_id), ':', tenant_id, octet_length(mt_dotnet_type), ':', mt_dotnet_type,
        octet_length(correlation_id), ':', correlation_id, octet_length(causation_id), ':', causation_id,
        octet_length(headers), ':', headers, octet_length(user_name), ':', user_name,
        octet_length(stream_type), ':', stream_type), 'UTF8'))
$$;

-- The hash of a block: its place, its time, its events, and the block before.
create function ledger.block_hash(
    first_position bigint, last_position bigint, recorded_at timestamptz, digests bytea, previous bytea)
    returns bytea language sql stable parallel safe as
$$
    select sha256('\x01'::bytea || int8send(first_position) || int8send(last_position)
        || int8send((extract(epoch from recorded_at) * 1000000)::bigint) || previous || digests)
$$;

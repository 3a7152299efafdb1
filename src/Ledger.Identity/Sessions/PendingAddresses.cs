namespace Ledger.Identity.Sessions;

/// <summary>Addresses that somebody says are theirs, until they have shown it. Of each kind one, the newest.</summary>
/// <remarks>The text is sealed under the key of whoever says so, and goes with it.</remarks>
public sealed class PendingAddresses(IdentityTables tables)
{
    /// <summary>How long a customer's waits to be shown. A user's waits for as long as there is the user.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(1);

    public Task Put(string tenant, Subject subject, PendingAddress address, Instant now, CancellationToken ct) => tables.Query(tenant, """
        insert into identity.pending_addresses (tenant_id, subject_id, channel, subject_kind, hash, sealed, created_at, is_first)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (tenant_id, subject_id, channel) do update
            set hash = excluded.hash, sealed = excluded.sealed, created_at = excluded.created_at, is_first = excluded.is_first
        returning 1
        """,
        [tenant, subject.Id, Name(address.Channel), subject.KindName, address.Hash, address.Sealed, now, address.IsFirst], _ => true, ct);

    public async Task<PendingAddress?> Find(string tenant, Subject subject, AddressChannel channel, CancellationToken ct) =>
        (await tables.Query(tenant, """
            select hash, sealed, is_first from identity.pending_addresses
            where tenant_id = $1 and subject_id = $2 and channel = $3 and subject_kind = $4
            """, [tenant, subject.Id, Name(channel), subject.KindName],
            row => new PendingAddress(channel, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1), row.GetBoolean(2)), ct)).FirstOrDefault();

    /// <summary>Who registered with an address last, and has not logged in by it yet; null when nobody did.</summary>
    public async Task<Subject?> Registered(string tenant, AddressChannel channel, byte[] hash, CancellationToken ct) =>
        await tables.Query(tenant, """
            select subject_kind, subject_id from identity.pending_addresses
            where tenant_id = $1 and channel = $2 and hash = $3 and is_first order by created_at desc, subject_id desc limit 1
            """, [tenant, Name(channel), hash], row => Subject.Of(row.GetString(0), row.GetGuid(1)), ct) is [var subject] ? subject : null;

    /// <summary>Whether somebody who works for the tenant has not shown yet that their address is theirs.</summary>
    public Task<bool> HasUser(string tenant, CancellationToken ct) => tables.Touches(tenant, """
        select 1 from identity.pending_addresses where tenant_id = $1 and subject_kind = 'user' limit 1
        """, [tenant], ct);

    public Task Remove(string tenant, Guid subject, AddressChannel? channel, CancellationToken ct) => tables.Touches(tenant, """
        delete from identity.pending_addresses where tenant_id = $1 and subject_id = $2 and ($3 = '' or channel = $3) returning 1
        """, [tenant, subject, channel is { } one ? Name(one) : ""], ct);

    private static string Name(AddressChannel channel) => channel is AddressChannel.Email ? "email" : "sms";
}

/// <summary>Where somebody is reached by codes.</summary>
public enum AddressChannel { Sms, Email }

/// <param name="Hash">Of the address in its one form, keyed by the tenant.</param>
/// <param name="Sealed">The address, under the key of whoever says that it is theirs.</param>
/// <param name="IsFirst">Whether it is the one that somebody has just registered with.</param>
public sealed record PendingAddress(AddressChannel Channel, byte[] Hash, byte[] Sealed, bool IsFirst);

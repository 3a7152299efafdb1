using Microsoft.AspNetCore.Identity;

namespace Ledger.Identity.Logins;

/// <summary>Passwords, and how often somebody guessed wrong.</summary>
/// <remarks>
/// A password is looked at first, and what was found is told only if the account is not locked by then, decided by the database in
/// one statement. However many guess at once, in however many processes, no more than <see cref="FailuresMax"/> guesses are
/// answered; and however many know the password, all of them are let in.
/// </remarks>
public sealed class Logins(IdentityTables tables, IPasswordHasher<Login> hasher)
{
    public const int FailuresMax = 5;
    public const int LengthMin = 12, LengthMax = 200;
    public static readonly Duration LockedFor = Duration.FromMinutes(30);

    /// <summary>What a wrong name is checked against, so that it takes as long as a wrong password.</summary>
    private readonly string nobody = hasher.HashPassword(new(), Guid.NewGuid().ToString());

    /// <summary>Gives somebody a password, or another one. Ends a lock.</summary>
    public Task Set(string tenant, Guid subject, string password, Instant now, CancellationToken ct) => tables.Query(tenant, """
        insert into identity.logins as l (tenant_id, subject_id, password_hash, changed_at) values ($1, $2, $3, $4)
        on conflict (tenant_id, subject_id) do update
            set password_hash = excluded.password_hash, changed_at = excluded.changed_at, failures = 0, locked_until = null
        returning 1
        """, [tenant, subject, hasher.HashPassword(new(), password), now], _ => true, ct);

    public Task<bool> Has(string tenant, Guid subject, CancellationToken ct) =>
        tables.Touches(tenant, "select 1 from identity.logins where tenant_id = $1 and subject_id = $2", [tenant, subject], ct);

    public Task Remove(string tenant, Guid subject, CancellationToken ct) =>
        tables.Touches(tenant, "delete from identity.logins where tenant_id = $1 and subject_id = $2 returning 1", [tenant, subject], ct);

    /// <param name="subject">Null when the name is nobody's: it takes as long, and locks as soon.</param>
    /// <param name="name">What was logged in by, as keyed hash.</param>
    public async Task<PasswordOutcome> Check(string tenant, Guid? subject, string name, string password, Instant now, CancellationToken ct)
    {
        var known = subject is null ? [] : await tables.Query(
            tenant, "select password_hash from identity.logins where tenant_id = $1 and subject_id = $2", [tenant, subject], row => row.GetString(0), ct);
        if (known is not [var hash])
        {
            _ = hasher.VerifyHashedPassword(new(), nobody, password);
            return await Pretend(tenant, name, now, ct);
        }

        var found = hasher.VerifyHashedPassword(new(), hash, password);
        if (found is PasswordVerificationResult.Failed) return await Wrong(tenant, subject!.Value, now, ct);
        return await LetIn(tenant, subject!.Value, hash, found is PasswordVerificationResult.SuccessRehashNeeded ? password : null, now, ct);
    }

    /// <param name="password">Where its hash is of an older kind, and is to be made anew.</param>
    private async Task<PasswordOutcome> LetIn(string tenant, Guid subject, string hash, string? password, Instant now, CancellationToken ct)
    {
        var fresh = password is null ? hash : hasher.HashPassword(new(), password);
        var isIn = await tables.Touches(tenant, """
            update identity.logins set failures = 0, locked_until = null, password_hash = $5
            where tenant_id = $1 and subject_id = $2 and password_hash in ($3, $5) and (locked_until is null or locked_until <= $4) returning 1
            """, [tenant, subject, hash, now, fresh], ct);
        if (isIn) return new(PasswordCheck.Right);
        if (await Locked(tenant, subject, now, ct) is { } locked) return locked;

        // Another login has made the hash anew meanwhile, or the password was changed: what stands now decides.
        var stands = await tables.Query(
            tenant, "select password_hash from identity.logins where tenant_id = $1 and subject_id = $2", [tenant, subject], row => row.GetString(0), ct);
        return password is not null && stands is [var newer] && hasher.VerifyHashedPassword(new(), newer, password) is not PasswordVerificationResult.Failed
            ? new(PasswordCheck.Right) : new(PasswordCheck.Wrong);
    }

    private async Task<PasswordOutcome> Wrong(string tenant, Guid subject, Instant now, CancellationToken ct)
    {
        var counted = await tables.Query(tenant, """
            update identity.logins
            set failures = case when locked_until <= $3 then 1 else failures + 1 end,
                locked_until = case when locked_until is null and failures + 1 >= $4 then $5::timestamptz end
            where tenant_id = $1 and subject_id = $2 and (locked_until is null or locked_until <= $3)
            returning locked_until is not null
            """, [tenant, subject, now, FailuresMax, now + LockedFor], row => row.GetBoolean(0), ct);
        if (counted is [var isLast]) return new(isLast ? PasswordCheck.NowLocked : PasswordCheck.Wrong);
        return await Locked(tenant, subject, now, ct) ?? new(PasswordCheck.Wrong);
    }

    private async Task<PasswordOutcome?> Locked(string tenant, Guid subject, Instant now, CancellationToken ct) =>
        await tables.Query(tenant, "select locked_until from identity.logins where tenant_id = $1 and subject_id = $2 and locked_until > $3",
            [tenant, subject, now], row => row.GetInstant(0), ct) is [var until] ? PasswordOutcome.LockedUntil(until, now) : null;

    /// <summary>What somebody with a password would be told: who has none must not be told from who has one.</summary>
    private async Task<PasswordOutcome> Pretend(string tenant, string name, Instant now, CancellationToken ct)
    {
        var (used, last) = (await tables.Query(tenant, """
            insert into identity.rate_windows as w (tenant_id, subject, operation, opens, used) values ($1, $2, 'password of nobody', $3, 1)
            on conflict (tenant_id, subject, operation) do update
                set used = case when w.used < $4 then w.used + 1 when w.opens <= $5 then 1 else $4 + 1 end,
                    opens = case when w.used < $4 or w.opens <= $5 then excluded.opens else w.opens end
            returning used, opens
            """, [tenant, name, now, FailuresMax, now - LockedFor], row => (row.GetInt32(0), row.GetInstant(1)), ct))[0];
        return used < FailuresMax ? new(PasswordCheck.Wrong)
            : used == FailuresMax ? new(PasswordCheck.NowLocked) : PasswordOutcome.LockedUntil(last + LockedFor, now);
    }
}

/// <summary>Somebody who logs in by a password.</summary>
public sealed class Login;

public enum PasswordCheck
{
    Right, Wrong,

    /// <summary>This was the last wrong one: it is locked from now on.</summary>
    NowLocked,

    /// <summary>Whatever it was, it is not told.</summary>
    Locked,
}

/// <param name="SecondsLeft">Until a lock is over; 0 where there is none.</param>
public readonly record struct PasswordOutcome(PasswordCheck Check, int SecondsLeft = 0)
{
    internal static PasswordOutcome LockedUntil(Instant until, Instant now) =>
        new(PasswordCheck.Locked, Math.Max(1, (int)Math.Ceiling((until - now).TotalSeconds)));
}

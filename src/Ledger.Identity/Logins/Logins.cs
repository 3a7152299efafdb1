using Ledger.Identity.Limits;
using Microsoft.AspNetCore.Identity;

namespace Ledger.Identity.Logins;

/// <summary>Passwords, and how often somebody guessed wrong.</summary>
/// <remarks>
/// An attempt is counted before the password is looked at and taken back when it was right, in one statement each: however
/// many guess at once, in however many processes, no more than <see cref="FailuresMax"/> are looked at.
/// </remarks>
public sealed class Logins(IdentityTables tables, RateLimits limits, IPasswordHasher<Login> hasher)
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
    public async Task<PasswordCheck> Check(string tenant, Guid? subject, string name, string password, Instant now, CancellationToken ct)
    {
        var tried = subject is null ? [] : await tables.Query(tenant, """
            update identity.logins
            set failures = case when locked_until <= $3 then 1 else failures + 1 end,
                locked_until = case when locked_until is null and failures + 1 >= $4 then $5::timestamptz end
            where tenant_id = $1 and subject_id = $2 and (locked_until is null or locked_until <= $3)
            returning password_hash, locked_until is not null
            """, [tenant, subject, now, FailuresMax, now + LockedFor], row => (Hash: row.GetString(0), IsLast: row.GetBoolean(1)), ct);

        if (tried is not [var attempt])
        {
            _ = hasher.VerifyHashedPassword(new(), nobody, password);
            return subject is not null && await Has(tenant, subject.Value, ct) ? PasswordCheck.Locked : await Pretend(tenant, name, now, ct);
        }

        if (hasher.VerifyHashedPassword(new(), attempt.Hash, password) is PasswordVerificationResult.Failed)
            return attempt.IsLast ? PasswordCheck.NowLocked : PasswordCheck.Wrong;

        _ = await tables.Touches(tenant, """
            update identity.logins set failures = 0, locked_until = null
            where tenant_id = $1 and subject_id = $2 and password_hash = $3 returning 1
            """, [tenant, subject, attempt.Hash], ct);
        return PasswordCheck.Right;
    }

    /// <summary>What somebody with a password would be told: who has none must not be told from who has one.</summary>
    private async Task<PasswordCheck> Pretend(string tenant, string name, Instant now, CancellationToken ct) =>
        (await limits.TakeTogether(tenant, name, "password of nobody", FailuresMax, now, ct, LockedFor)).Used switch
        {
            < FailuresMax => PasswordCheck.Wrong,
            FailuresMax => PasswordCheck.NowLocked,
            _ => PasswordCheck.Locked,
        };
}

/// <summary>Somebody who logs in by a password.</summary>
public sealed class Login;

public enum PasswordCheck
{
    Right, Wrong,

    /// <summary>This was the last wrong one: it is locked from now on.</summary>
    NowLocked,

    /// <summary>It was not looked at.</summary>
    Locked,
}

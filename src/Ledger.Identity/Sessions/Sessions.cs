using System.Globalization;

namespace Ledger.Identity.Sessions;

/// <summary>Who is logged in. A session is a family of refresh tokens: each is good once, and gives the next.</summary>
/// <remarks>
/// A token that was used before is in the hands of two: its whole family ends. Which token is the good one is decided by the
/// database in one statement, so of two that refresh at once with the same token, the second ends the session.
/// </remarks>
public sealed class Sessions(IdentityTables tables, PlatformKey key)
{
    /// <summary>How long a refresh token is good.</summary>
    public static readonly Duration TokenFor = Duration.FromDays(7);

    /// <summary>How long a session can be drawn out by refreshing.</summary>
    public static readonly Duration SessionFor = Duration.FromDays(30);

    private const int PerSubjectMax = 50;

    /// <summary>Starts a session. Somebody who has very many loses the oldest.</summary>
    public async Task<StartedSession> Start(string tenant, Subject subject, Instant now, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        _ = await tables.Query(tenant, """
            with old as (
                update identity.sessions s set ended_at = $5, ended_why = 'too_many'
                where s.tenant_id = $1 and s.id in (
                    select id from identity.sessions where tenant_id = $1 and subject_id = $4 and ended_at is null
                    order by created_at desc offset $7)
            )
            insert into identity.sessions (tenant_id, id, subject_kind, subject_id, created_at, used_at, expires_at)
            values ($1, $2, $3, $4, $5, $5, $6) returning 1
            """, [tenant, id, subject.KindName, subject.Id, now, now + TokenFor, PerSubjectMax - 1], _ => true, ct);
        return new(id, subject, await Token(tenant, id, 1, ct));
    }

    /// <summary>The next token in place of this one; null when it is not good, and then its session ends if it ever was.</summary>
    public async Task<StartedSession?> Refresh(string token, Instant now, CancellationToken ct)
    {
        if (await Read(token, ct) is not { } read) return null;
        var (tenant, id, generation) = read;
        var renewed = await tables.Query(tenant, """
            update identity.sessions
            set generation = generation + 1, used_at = $4, expires_at = least($5::timestamptz, created_at + $6::interval)
            where tenant_id = $1 and id = $2 and generation = $3 and ended_at is null and expires_at > $4
            returning subject_kind, subject_id
            """, [tenant, id, generation, now, now + TokenFor, SessionFor.ToTimeSpan()], row => Subject.Of(row.GetString(0), row.GetGuid(1)), ct);
        if (renewed is [var subject]) return new(id, subject, await Token(tenant, id, generation + 1, ct)) { Tenant = tenant };

        _ = await tables.Touches(tenant, """
            update identity.sessions set ended_at = $4, ended_why = 'token_reused'
            where tenant_id = $1 and id = $2 and generation > $3 and ended_at is null returning 1
            """, [tenant, id, generation, now], ct);
        return null;
    }

    /// <summary>The session that a refresh token is of, good or not; null when we did not make it.</summary>
    public async ValueTask<(string Tenant, Guid Session)?> SessionOf(string token, CancellationToken ct) =>
        await Read(token, ct) is { } read ? (read.Tenant, read.Id) : null;

    /// <summary>Ends a session. Again changes nothing.</summary>
    public Task<bool> End(string tenant, Guid id, string why, Instant now, CancellationToken ct) => tables.Touches(tenant, """
        update identity.sessions set ended_at = $3, ended_why = $4 where tenant_id = $1 and id = $2 and ended_at is null returning 1
        """, [tenant, id, now, why], ct);

    /// <summary>Ends all that somebody has but one: after another address or password, or when they are let go.</summary>
    /// <param name="kept">The one that goes on; null for none.</param>
    /// <returns>Those that ended.</returns>
    public Task<List<Guid>> EndOthers(string tenant, Guid subject, Guid? kept, string why, Instant now, CancellationToken ct) => tables.Query(tenant, """
        update identity.sessions set ended_at = $3, ended_why = $4
        where tenant_id = $1 and subject_id = $2 and ended_at is null and id <> $5 returning id
        """, [tenant, subject, now, why, kept ?? Guid.Empty], row => row.GetGuid(0), ct);

    public Task<bool> IsOpen(string tenant, Guid id, Instant now, CancellationToken ct) => tables.Touches(tenant, """
        select 1 from identity.sessions where tenant_id = $1 and id = $2 and ended_at is null and expires_at > $3
        """, [tenant, id, now], ct);

    /// <summary>What a browser has to send back beside its cookie, to show that it is not another site that sends it.</summary>
    public async ValueTask<string> CsrfToken(Guid session, CancellationToken ct) => Convert.ToHexStringLower(await key.Mark("csrf", session.ToString(), ct));

    public ValueTask<bool> IsCsrfToken(Guid session, string token, CancellationToken ct) => key.IsMark("csrf", session.ToString(), token, ct);

    private async ValueTask<string> Token(string tenant, Guid id, int generation, CancellationToken ct)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{tenant}.{id:N}.{generation}");
        return $"{text}.{Convert.ToHexStringLower(await key.Mark("refresh", text, ct))}";
    }

    private async ValueTask<(string Tenant, Guid Id, int Generation)?> Read(string token, CancellationToken ct)
    {
        if (token.Length > 200 || token.Split('.') is not [var tenant, var id, var generation, var mark]) return null;
        if (!Guid.TryParseExact(id, "N", out var session) || !int.TryParse(generation, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;

        // As we have written it, and in no other way that comes to the same mark.
        if (string.Create(CultureInfo.InvariantCulture, $"{tenant}.{session:N}.{number}") != $"{tenant}.{id}.{generation}") return null;
        if (!tenant.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-')) return null;
        return await key.IsMark("refresh", $"{tenant}.{id}.{generation}", mark, ct) ? (tenant, session, number) : null;
    }
}

/// <param name="RefreshToken">Goes to its bearer once, in a cookie.</param>
public sealed record StartedSession(Guid Id, Subject Subject, string RefreshToken)
{
    /// <summary>Set where the token said it.</summary>
    public string? Tenant { get; init; }
}

/// <summary>Who can be logged in.</summary>
public readonly record struct Subject(SubjectKind Kind, Guid Id)
{
    internal string KindName => Kind is SubjectKind.User ? "user" : "customer";

    internal static Subject Of(string kind, Guid id) => new(kind == "user" ? SubjectKind.User : SubjectKind.Customer, id);
}

public enum SubjectKind { User, Customer }

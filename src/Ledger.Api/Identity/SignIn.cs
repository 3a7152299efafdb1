using Ledger.EventStore.Database;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;
using Ledger.Workers.People;

namespace Ledger.Api.Identity;

/// <summary>Whether somebody is who they say. Names that are nobody's are refused in the same words, and as slowly.</summary>
internal sealed class SignIn(People people, Logins logins, OneTimeCodes codes, LedgerDatabase database, IClock clock)
{
    /// <exception cref="ProblemException">They are not, or the account is locked.</exception>
    public async Task<(string Tenant, Subject Subject)> Check(string tenant, SessionRequest request, CancellationToken ct)
    {
        if (request.Grant is LoginGrant.Password) return await ByPassword(tenant, request.Email!, request.Password!, ct) ?? throw new ProblemException(Problem.WrongCredentials);
        return (tenant, await ByOther(tenant, request, ct));
    }

    private async Task<Subject> ByOther(string tenant, SessionRequest request, CancellationToken ct) => request.Grant switch
    {
        LoginGrant.LoginCode => await ByCode(tenant, request, ct),
        _ => await codes.CheckLink(tenant, "login", request.Token!, clock.GetCurrentInstant(), ct),
    } ?? throw new ProblemException(request.Grant is LoginGrant.LoginCode ? Problem.InvalidCode : Problem.WrongCredentials);

    /// <summary>At the platform, a merchant is let into the tenant that is theirs.</summary>
    private async Task<(string, Subject)?> ByPassword(string tenant, string email, string password, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower((await people.KeyOf(tenant, ct)).EmailToken(email));
        var subject = await people.ByEmail(tenant, email, ct);
        if (subject is null && tenant == PlatformTenant.Name && await people.Merchant(name, ct) is { } merchant)
            (tenant, subject) = (merchant.Tenant.ToString(), new(SubjectKind.User, merchant.User.Value));
        return await logins.Check(tenant, subject?.Id, name, password, clock.GetCurrentInstant(), ct) switch
        {
            PasswordCheck.Right => (tenant, subject!.Value),
            PasswordCheck.Wrong => null,
            _ => throw new ProblemException(Problem.AccountLocked) { RetryAfter = (int)Logins.LockedFor.TotalSeconds },
        };
    }

    private async Task<Subject?> ByCode(string tenant, SessionRequest request, CancellationToken ct) =>
        await codes.Check(tenant, "login", await LoginAddress.Hash(people, tenant, request.Email, request.PhoneNumber, ct), request.Code!, clock.GetCurrentInstant(), ct)
            is { } subject && subject == await LoginAddress.Owner(people, database, tenant, request.Email, request.PhoneNumber, ct) ? subject : null;
}

/// <summary>Where a code was sent to: an e-mail address or a telephone number.</summary>
internal static class LoginAddress
{
    public static async Task<byte[]> Hash(People people, string tenant, string? email, string? phone, CancellationToken ct)
    {
        var key = await people.KeyOf(tenant, ct);
        return email is not null ? key.EmailToken(email) : key.Token("word", string.Concat(phone!.Where(char.IsAsciiDigit)));
    }

    public static async Task<Subject?> Owner(People people, LedgerDatabase database, string tenant, string? email, string? phone, CancellationToken ct) =>
        email is not null ? await people.ByEmail(tenant, email, ct) : await people.ByPhone(tenant, phone!, database, ct);
}

using Ledger.Api.Audit;
using Ledger.Application.People;
using Ledger.Application.Tenancy;
using Ledger.Domain.Tenancy;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

/// <summary>Whether somebody is who they say. Names that are nobody's are refused in the same words, and as slowly.</summary>
internal sealed class SignIn(People people, Tenants tenants, Logins logins, OneTimeCodes codes, AddressChange addresses, IClock clock)
{
    /// <summary>Who it is; a refusal stands in the trail too, with whose name was tried.</summary>
    /// <exception cref="ProblemException">They are not, or the account is locked.</exception>
    public async Task<(Tenant.Known Tenant, Subject Subject)> Check(Tenant.Known tenant, SessionRequest request, IdentityTrail trail, CancellationToken ct)
    {
        if (request.Grant is LoginGrant.Password) return await ByPassword(tenant, request.Email!, request.Password!, trail, ct);
        var found = request.Grant is LoginGrant.LoginCode ? await ByCode(tenant, request, trail, ct) : await ByLink(tenant, request.Token!, ct);
        return (tenant, found ?? throw new ProblemException(request.Grant is LoginGrant.LoginCode ? Problem.InvalidCode : Problem.WrongCredentials));
    }

    /// <summary>At the platform, a merchant is let into the tenant that is theirs.</summary>
    private async Task<(Tenant.Known, Subject)> ByPassword(Tenant.Known tenant, string email, string password, IdentityTrail trail, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower((await people.KeyOf(tenant.Id.ToString(), ct)).EmailToken(email));
        var subject = await people.ByEmail(tenant.Id.ToString(), email, ct);
        if (subject is null && tenant.Id == TenantId.Platform && await people.Merchant(name, ct) is { } merchant
            && await tenants.Find(merchant.Tenant.ToString(), ct) is { } own) (tenant, subject) = (own, new(SubjectKind.User, merchant.User.Value));
        trail.IsAbout(tenant.Id.ToString(), subject);
        var outcome = await logins.Check(tenant.Id.ToString(), subject?.Id, name, password, clock.GetCurrentInstant(), ct);
        if (outcome.Check is PasswordCheck.NowLocked) trail.Add(IdentityAction.AccountLocked, Problem.AccountLocked);
        return outcome.Check switch
        {
            PasswordCheck.Right => (tenant, subject!.Value),
            PasswordCheck.Locked => throw new ProblemException(Problem.AccountLocked) { RetryAfter = outcome.SecondsLeft },
            _ => throw new ProblemException(Problem.WrongCredentials),
        };
    }

    /// <summary>Whoever has the address now that the code was sent to; or whoever shows by it that the address is theirs.</summary>
    private async Task<Subject?> ByCode(Tenant.Known tenant, SessionRequest request, IdentityTrail trail, CancellationToken ct)
    {
        var (channel, address) = request.Email is { } email ? (AddressChannel.Email, email) : (AddressChannel.Sms, request.PhoneNumber!);
        var owner = await people.Find(tenant, channel, address, ct);
        trail.IsAbout(tenant.Id.ToString(), owner?.Subject);
        var hash = await people.HashOf(tenant, channel, address, ct);
        if (await codes.Check(tenant.Id.ToString(), SentCodes.Login, hash, request.Code!, clock.GetCurrentInstant(), ct) is not { } subject) return null;
        if (owner is not null) return owner.Subject == subject ? subject : null;
        return await addresses.TakeOver(tenant, subject, channel, hash, ct) ? subject : null;
    }

    private async Task<Subject?> ByLink(Tenant.Known tenant, string token, CancellationToken ct) =>
        await codes.CheckLink(tenant.Id.ToString(), SentCodes.Login, token, clock.GetCurrentInstant(), ct) is { } sent
        && await people.IsReached(tenant, sent.Subject, sent.Address, ct) ? sent.Subject : null;
}

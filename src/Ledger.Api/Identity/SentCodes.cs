using Ledger.Domain.Tenancy;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

/// <summary>Makes codes and links, and sends them: always to an address that is stored, or that somebody is to show.</summary>
internal sealed class SentCodes(OneTimeCodes codes, PendingAddresses pending, Logins logins, CodePost post, IClock clock)
{
    public const string Login = "login", PasswordReset = "password_reset", Verification = "email_verification";

    /// <summary>Source: rule C-J12. Of customers of a sandbox alone: whoever works for a tenant has a code that nobody knows.</summary>
    private const string SandboxCode = "1337";

    /// <summary>A code to log in by; by mail a link too.</summary>
    public async Task SendLogin(Tenant.Known tenant, AddressOwner owner, CancellationToken ct)
    {
        if (await Make(tenant, Login, owner, ct) is not { } sent) return;
        await Send(tenant, owner, $"{tenant.Name}: your code", owner.Channel is AddressChannel.Sms
            ? $"{sent.Code} is your code for {tenant.Name}. It is good for 10 minutes."
            : $"Your code for {tenant.Name} is {sent.Code}.\nOr log in by this token: {sent.Link}\nBoth are good for 10 minutes, once.", ct);
    }

    /// <summary>A code to log in by for the first time.</summary>
    public async Task SendWelcome(Tenant.Known tenant, AddressOwner owner, CancellationToken ct)
    {
        if (await Make(tenant, Login, owner, ct) is not { } sent) return;
        await Send(tenant, owner, $"Welcome to {tenant.Name}", $"Log in by the code {sent.Code}. It is good for 10 minutes.", ct);
    }

    /// <summary>To whoever wants another password: a link, or a code to log in by where there is no password.</summary>
    public async Task SendReset(Tenant.Known tenant, AddressOwner owner, CancellationToken ct)
    {
        var hasPassword = owner.Subject.Kind is SubjectKind.User || await logins.Has(tenant.Id.ToString(), owner.Subject.Id, ct);
        if (await Make(tenant, hasPassword ? PasswordReset : Login, owner, ct) is not { } sent) return;
        await Send(tenant, owner, $"{tenant.Name}: {(hasPassword ? "another password" : "your code")}", hasPassword
            ? $"Set another password by this token: {sent.Link}\nIt is good for 10 minutes, once."
            : $"Your code for {tenant.Name} is {sent.Code}. It is good for 10 minutes.", ct);
    }

    /// <summary>A code that shows that an address is somebody's.</summary>
    public async Task SendVerification(Tenant.Known tenant, AddressOwner owner, CancellationToken ct)
    {
        if (await Make(tenant, Verification, owner, ct) is not { } sent) return;
        await Send(tenant, owner, $"{tenant.Name}: is this you?",
            $"{sent.Code} is your code for {tenant.Name}, to show that this is yours. It is good for 10 minutes. "
            + "If you did not ask for it, do nothing.", ct);
    }

    /// <summary>To where somebody was reached before.</summary>
    public Task SendNotice(Tenant.Known tenant, AddressOwner before, CancellationToken ct) => Send(tenant, before, $"{tenant.Name}: your address was changed",
        $"You have another {(before.Channel is AddressChannel.Email ? "e-mail address" : "telephone number")} at {tenant.Name} from now on, "
        + "and log in by that. All other sessions have ended. If this was not you, tell them.", ct);

    private Task<SentCode?> Make(Tenant.Known tenant, string purpose, AddressOwner owner, CancellationToken ct)
    {
        var isFixed = tenant.Mode is TenantMode.Sandbox && owner.Subject.Kind is SubjectKind.Customer;
        return codes.Make(
            tenant.Id.ToString(), purpose, owner.Hash, owner.Subject, isFixed ? SandboxCode : null, clock.GetCurrentInstant(), ct);
    }

    /// <summary>A sandbox writes to no customer; a tenant whose merchant has not shown who they are, to nobody but them.</summary>
    private async Task Send(Tenant.Known tenant, AddressOwner owner, string subject, string text, CancellationToken ct)
    {
        var staysHere = (owner.Subject.Kind is SubjectKind.Customer && tenant.Mode is TenantMode.Sandbox) || await IsOfStranger(tenant.Id.ToString(), owner.Subject, ct);
        post.Send(new(owner.To, subject, text, staysHere));
    }

    /// <summary>Whether nobody knows yet whose tenant it is, and this is somebody whom they have written down.</summary>
    private async Task<bool> IsOfStranger(string tenant, Subject subject, CancellationToken ct) => await pending.HasUser(tenant, ct)
        && (subject.Kind is SubjectKind.Customer || await pending.Find(tenant, subject, AddressChannel.Email, ct) is null);
}

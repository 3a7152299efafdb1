using Ledger.Domain.Tenancy;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;
using Ledger.Workers.People;

namespace Ledger.Api.Identity;

/// <summary>Writes to somebody who wants another password: the same for whoever asks for it.</summary>
internal sealed class ResetPost(Logins logins, OneTimeCodes codes, People people, CodePost post, IClock clock)
{
    public async Task Send(Tenant.Known tenant, Subject subject, string email, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        var hasPassword = subject.Kind is SubjectKind.User || await logins.Has(name, subject.Id, ct);
        var address = (await people.KeyOf(name, ct)).EmailToken(email);
        var sent = await codes.Make(
            name, hasPassword ? PasswordResetEndpoints.Purpose : "login", address, subject,
            !hasPassword && tenant.Mode is TenantMode.Sandbox ? LoginCodeEndpoint.SandboxCode : null, clock.GetCurrentInstant(), ct);
        if (sent is not null)
            post.Send(email, $"{tenant.Name}: {(hasPassword ? "another password" : "your code")}", hasPassword
                ? $"Set another password by this token: {sent.Link}\nIt is good for 10 minutes, once."
                : $"Your code for {tenant.Name} is {sent.Code}. It is good for 10 minutes.");
    }
}

using Ledger.EventStore.PersonalData;

namespace Ledger.Application.Tenancy;

/// <summary>Takes in businesses: the same for requests and on the command line.</summary>
public sealed class NewTenants(PersonalKeys keys)
{
    /// <summary>The context of a tenant's first commit: with the tenant go its own key and, in a sandbox, its clock.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="at">Now, or where a sandbox clock is to stand.</param>
    public CommandContext First(CreateTenant command, CommandContext context, Instant at)
    {
        var (_, key) = keys.New(PersonalKeys.OfTenant);
        return context with
        {
            Tenant = command.Id.ToString(), At = at, Keys = [key], ClockTo = command.Mode is TenantMode.Sandbox ? at : null,
        };
    }
}

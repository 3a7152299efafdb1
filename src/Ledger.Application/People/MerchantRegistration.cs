using Ledger.Domain.Amounts;
using Ledger.Domain.Merchants;
using Ledger.Domain.People;
using Ledger.Domain.Webhooks;
using Ledger.EventStore.PersonalData;
using Ledger.Identity;
using Ledger.Identity.Logins;

namespace Ledger.Application.People;

/// <summary>Makes a tenant, and the one whose it is, for an address that nobody has registered.</summary>
/// <remarks>
/// All ids follow from the address, so whatever was cut off goes on where it was. Who has the address is decided last, by one
/// commit; only who got it sets the password.
/// </remarks>
public sealed class MerchantRegistration(
    CommandHandler commands, StateReader states, PersonalKeys keys, PlatformKey platform, Logins logins, IClock clock)
{
    /// <param name="webhookUrl">Where they want to be told; null for nowhere.</param>
    /// <param name="webhookSecret">Signs what they are told.</param>
    /// <returns>The outcome of taking the address: without events, it was another's.</returns>
    public async Task<Outcome<Merchant>> Register(
        CommandContext context, string email, string name, string password, Uri? webhookUrl, string webhookSecret, TenantMode mode, Currency currency, DateTimeZone zone,
        Func<Outcome<Merchant>, StoredAnswer> answer, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower((await platform.Get(ct)).EmailToken(email));
        var id = MerchantId.Of(token);
        var now = clock.GetCurrentInstant().ToMicroseconds();
        var before = await states.Of<Merchant, MerchantEvent>(TenantId.Platform.ToString(), id.Stream, ct) is Merchant.Known known
            ? known.IsFree(now) ? known.Before + 1 : known.Before : 0;
        var own = new CommandContext(id.TenantOf(before).ToString(), context.ActorKind, context.ActorId, context.At) { RequestId = context.RequestId, CorrelationId = context.CorrelationId };
        await CreateTenant(own, id.TenantOf(before), name, mode, currency, zone, ct);
        await CreateUser(own, id.UserOf(before), email, name, ct);
        var outcome = await commands.Handle(new RegisterMerchant(id, token, webhookUrl, now, before), context, ct, answer);
        if (outcome.Events.Count > 0 && webhookUrl is not null) await RegisterEndpoint(own, id.TenantOf(before), webhookUrl, webhookSecret, ct);
        if (outcome.Events.Count > 0) await logins.Set(own.Tenant, id.UserOf(before).Value, password, clock.GetCurrentInstant(), CancellationToken.None);
        return outcome;
    }

    private async Task CreateTenant(CommandContext context, TenantId id, string name, TenantMode mode, Currency currency, DateTimeZone zone, CancellationToken ct)
    {
        var (_, key) = keys.New(PersonalKeys.OfTenant);
        var command = new CreateTenant(id, name, mode, currency, zone, PricesIncludeTax: true, [Frequency.Monthly, Frequency.Yearly], DunningSettings.Default);
        _ = await commands.Handle(command, context with { Keys = [key], ClockTo = mode is TenantMode.Sandbox ? context.At : null }, ct);
    }

    /// <summary>Where they want to be told becomes an endpoint of their tenant, which tells of payments as gateways do.</summary>
    private async Task RegisterEndpoint(CommandContext context, TenantId id, Uri url, string secret, CancellationToken ct)
    {
        var key = await keys.TenantKey(context.Tenant, ct);
        var command = new RegisterWebhookEndpoint(WebhookEndpointId.OfMerchant(id), url, WebhookSettings.Of(WebhookFormat.Gateway), key.Seal(new WebhookSecret(secret)));
        _ = await commands.Handle(command, context, ct);
    }

    private async Task CreateUser(CommandContext context, UserId id, string email, string name, CancellationToken ct)
    {
        var (key, change) = keys.New(id.Value);
        var token = Convert.ToHexStringLower((await keys.TenantKey(context.Tenant, ct)).EmailToken(email));
        var command = new RegisterUser(id, UserRole.Merchant, [], key.Seal(new UserDetails(email, name)), token);
        _ = await commands.Handle(command, context with { Keys = [change] }, ct);
    }
}

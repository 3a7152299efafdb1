using Ledger.Application.Tenancy;
using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Database;

namespace Ledger.Api.Tenancy;

internal static class CreateTenantEndpoint
{
    /// <summary>Where a sandbox clock may begin.</summary>
    private static readonly Instant ClockMin = Instant.FromUtc(2000, 1, 1, 0, 0), ClockMax = Instant.FromUtc(2100, 1, 1, 0, 0);

    public static void MapCreateTenant(this IEndpointRouteBuilder tenants) => tenants
        .MapPost("", Create).Is("createTenant", "Take in a business. Its first API key is given out on the command line.", Who.PlatformAdmin)
        .Keyed().Takes<Request>().Produces<TenantResponse>(201);

    private static async Task<IResult> Create(Body<Request> body, Call call, NewTenants tenants, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Name, "/name", 100).Frequencies(request.BillingFrequencies)
            .And(request.Clock is null || request.Mode is TenantMode.Sandbox, "/clock", "only_sandbox", "A live tenant goes by the wall clock.")
            .And(request.Clock is null || (request.Clock >= ClockMin && request.Clock < ClockMax), "/clock", "out_of_range", "From 2000 to 2099.").OrRefuse();
        var command = new CreateTenant(
            new(Guid.CreateVersion7()), request.Name, request.Mode, request.Currency, request.TimeZone, request.PricesIncludeTax,
            request.BillingFrequencies ?? [Frequency.Monthly, Frequency.Quarterly, Frequency.Yearly], DunningSettings.Default);
        var at = (request.Clock ?? call.Now).ToMicroseconds();
        return await call.Run(command, outcome => Answer.Created(
            $"/api/v1/tenants/{command.Id}", TenantResponse.From((Tenant.Known)outcome.State), outcome.Version), ct,
            context => tenants.First(command, context, at));
    }

    /// <param name="Mode">Live or sandbox, for good.</param>
    /// <param name="BillingFrequencies">Monthly, quarterly and yearly if absent.</param>
    /// <param name="Clock">Where a sandbox clock stands at first; now if absent.</param>
    internal sealed record Request(
        string Name, TenantMode Mode, Currency Currency, DateTimeZone TimeZone, bool PricesIncludeTax = true,
        IReadOnlyList<Frequency>? BillingFrequencies = null, Instant? Clock = null);
}

internal static class TenantChecks
{
    private const int FrequenciesMax = 20;

    public static Check Frequencies(this Check check, IReadOnlyList<Frequency>? frequencies) => check.And(
        frequencies is null or { Count: >= 1 and <= FrequenciesMax }, "/billing_frequencies", "out_of_range", $"From 1 to {FrequenciesMax}.")
        .And(frequencies?.All(one => one is null || one.MayBeOffered) != false, "/billing_frequencies", "too_long", $"At most {Frequency.OfferedYearsMax} years.")
        .And(frequencies?.Contains(null!) != true, "/billing_frequencies", "required", "A frequency as monthly or every_2_weeks.");
}

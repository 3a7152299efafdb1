using Ledger.Api.Audit;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Events;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ledger.Api.Tests.Audit;

/// <summary>What the trail says of events and endpoints is said of all of them.</summary>
[Collection("app")]
public class AuditActionTests(SharedApp shared)
{
    [Fact]
    public void Every_event_is_classified_and_nothing_else() =>
        EventActions.Events.ShouldBe(new EventTypes(typeof(Tenant).Assembly).Names, ignoreOrder: true);

    [Fact]
    public async Task Events_are_written_to_the_kinds_of_streams_that_the_table_says()
    {
        var tenant = await shared.App.NewTenant();
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        _ = (await tenant.Admin.Post($"/customers/{customer}/payment-methods", new { token = "sbx_visa_4242_1230" })).Is(201);
        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        await using var command = source.CreateCommand("select distinct e.type, s.type from public.mt_events e join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id");
        await using var reader = await command.ExecuteReaderAsync();
        var seen = 0;
        for (; await reader.ReadAsync(); seen++) EventActions.ResourceTypeOf(reader.GetString(0)).ShouldBe(reader.GetString(1), reader.GetString(0));
        seen.ShouldBeGreaterThan(4);
    }

    /// <summary>A read whose answer has a customer in it shows personal data, and says so.</summary>
    [Fact]
    public void Every_read_of_customers_is_marked()
    {
        var reads = shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(one => one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
            .Where(one => one.Metadata.OfType<IProducesResponseTypeMetadata>().Any(answer => IsOfCustomers(answer.Type))).ToList();
        reads.Count.ShouldBeGreaterThan(1);
        reads.Where(one => one.Metadata.GetMetadata<PersonalDataShown>() is null).Select(one => one.DisplayName).ShouldBeEmpty();
    }

    private static bool IsOfCustomers(Type? type) => type is not null
        && (type == typeof(Ledger.Api.Customers.CustomerResponse) || type.GetGenericArguments().Any(IsOfCustomers));
}

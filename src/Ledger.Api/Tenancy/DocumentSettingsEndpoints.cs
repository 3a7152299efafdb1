using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class DocumentSettingsEndpoints
{
    public static void MapDocumentSettings(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapGet("/{tenant_id}/document-settings", Get).Is("getDocumentSettings", "How the tenant's PDF documents look and speak.", Who.Staff)
            .Reads<DocumentSettingsResponse>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapPatch("/{tenant_id}/document-settings", Change)
            .Is("updateDocumentSettings", "Change the language, the template and what stands at the head of PDF documents; what is absent stays.", Who.Admin)
            .Takes<Request>().Produces<DocumentSettingsResponse>().Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> Get([FromRoute(Name = "tenant_id")] string tenantId, Call call, StateReader states, CancellationToken ct)
    {
        var (state, version) = await states.WithVersion<Tenant, TenantEvent>(call.Tenant, TenantPath.Resolve(tenantId, call).Id.Stream, ct);
        return new AnswerResult(Answer.Ok(DocumentSettingsResponse.From(((Tenant.Known)state).Documents), version));
    }

    private static async Task<IResult> Change([FromRoute(Name = "tenant_id")] string tenantId, Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check()
            .And(request.Address is null or { Count: <= DocumentSettings.AddressLinesMax }, "/address", "too_many", $"At most {DocumentSettings.AddressLinesMax} lines.")
            .And(request.Address?.All(line => line is { Length: >= 1 and <= DocumentSettings.LineMax } && !line.Any(char.IsControl)) != false, "/address", "text_length", $"Lines of 1 to {DocumentSettings.LineMax} characters.")
            .And(request.TaxNumber is null || (request.TaxNumber.Length <= DocumentSettings.TaxNumberMax && !request.TaxNumber.Any(char.IsControl)), "/tax_number", "text_length", $"At most {DocumentSettings.TaxNumberMax} characters.").OrRefuse();
        var command = new ChangeDocumentSettings(TenantPath.Resolve(tenantId, call).Id, request.Language, request.Template, request.Address, request.TaxNumber);
        return await call.Run(command, outcome => Answer.Ok(DocumentSettingsResponse.From(((Tenant.Known)outcome.State).Documents), outcome.Version), ct);
    }

    /// <param name="Address">All its lines from now on; none for an empty list.</param>
    /// <param name="TaxNumber">An empty text takes it away.</param>
    internal sealed record Request(
        DocumentLanguage? Language = null, PdfTemplate? Template = null, IReadOnlyList<string>? Address = null, string? TaxNumber = null);
}

/// <param name="Address">In lines.</param>
/// <param name="TaxNumber">By which the tax office knows the tenant.</param>
public sealed record DocumentSettingsResponse(DocumentLanguage Language, PdfTemplate Template, IReadOnlyList<string> Address, string? TaxNumber)
{
    public static DocumentSettingsResponse From(DocumentSettings settings) => new(settings.Language, settings.Template, settings.Address ?? [], settings.TaxNumber);
}

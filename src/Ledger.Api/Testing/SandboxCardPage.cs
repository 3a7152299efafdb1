using System.Globalization;
using System.Net;
using Ledger.Gateways.Payments;
using Ledger.Gateways.Sandbox;

namespace Ledger.Api.Testing;

/// <summary>The sandbox provider's own page, where a test card is entered. It stands for a page on the provider's site.</summary>
internal static class SandboxCardPage
{
    public static void MapSandboxCardPage(this IEndpointRouteBuilder app)
    {
        _ = app.MapGet("/sandbox/setups/{setup}", Show).ExcludeFromDescription().WithMetadata(new AccessRule(Who.Public));
        _ = app.MapPost("/sandbox/setups/{setup}", Enter).ExcludeFromDescription().WithMetadata(new AccessRule(Who.Public)).DisableAntiforgery();
    }

    private static async Task<IResult> Show(string setup, SandboxProvider sandbox, CancellationToken ct) =>
        await sandbox.FindSetup(setup, ct) is { } known
            ? TypedResults.Content(Page(known), "text/html; charset=utf-8")
            : throw new ProblemException(Problem.NotFound);

    private static async Task<IResult> Enter(string setup, HttpContext http, SandboxProvider sandbox, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > 10_000) throw new ProblemException(Problem.UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(ct);
        var month = Number(form["exp_month"]);
        var year = Number(form["exp_year"]);
        var card = new CardDetails(form["number"].ToString().Replace(" ", "", StringComparison.Ordinal), month, year < 100 ? 2000 + year : year);
        var known = await sandbox.CompleteSetup(setup, card, ct) ?? throw new ProblemException(Problem.NotFound);
        return TypedResults.Redirect(known.ReturnUrl.ToString());
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static string Page(SandboxSetup setup) => $"""
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox card entry</title>
        <main><h1>Enter a test card</h1>
        <p>4242 4242 4242 4242 succeeds, 4000 0000 0000 0002 is declined, …9995 has no funds, …0069 is expired. Nothing is charged here.</p>
        <form method="post" action="/sandbox/setups/{WebUtility.HtmlEncode(setup.Id)}">
        <label>Number <input name="number" autocomplete="off" required></label>
        <label>Month <input name="exp_month" size="2" required></label>
        <label>Year <input name="exp_year" size="4" required></label>
        <button>Keep this card</button></form></main></html>
        """;
}

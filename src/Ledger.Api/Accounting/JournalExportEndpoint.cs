using System.Text;
using Ledger.Domain.People;
using Ledger.Projections.Accounting;

namespace Ledger.Api.Accounting;

internal static class JournalExportEndpoint
{
    public static void MapJournalExport(this IEndpointRouteBuilder api) => api.MapGroup("/journal-export").WithTags("Accounting").MapGet("/", Export)
        .Is("exportJournal", "The journal as plain-text accounting, by format: hledger, ledger or beancount; or csv.", Who.Staff, Permission.ViewFinancialReports)
        .Reads<string>();

    private static Task<IResult> Export(HttpContext http, Call call, BooksAsked books, JournalExport export, CancellationToken ct)
    {
        var format = Enum.Parse<JournalFormat>(Filter.Word<JournalFormat>(http, "format") ?? "hledger", ignoreCase: true);
        var from = Filter.Date(http, "from_date");
        return Task.FromResult<IResult>(new JournalFile(export, call.Tenant, format, from, books));
    }

    /// <summary>The file, written as it is read.</summary>
    private sealed class JournalFile(JournalExport export, string tenant, JournalFormat format, LocalDate? from, BooksAsked books) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = format is JournalFormat.Csv ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8";
            response.Headers.ContentDisposition = $"attachment; filename=\"journal-{books.Day:R}.{Extension}\"";
            await using var output = new StreamWriter(response.Body, new UTF8Encoding(false), leaveOpen: true);
            await export.Write(tenant, format, from, books.Day, books.Position, output, httpContext.RequestAborted);
        }

        private string Extension => format switch
        {
            JournalFormat.Beancount => "beancount",
            JournalFormat.Csv => "csv",
            _ => "journal",
        };
    }
}

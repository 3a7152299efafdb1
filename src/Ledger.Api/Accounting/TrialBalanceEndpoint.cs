using Ledger.Domain.People;
using Ledger.Projections.Accounting;

namespace Ledger.Api.Accounting;

internal static class TrialBalanceEndpoint
{
    public static void MapTrialBalance(this IEndpointRouteBuilder api)
    {
        _ = api.MapGroup("/trial-balance").WithTags("Accounting").MapGet("/", Get)
            .Is("getTrialBalance", "What all accounts hold, per commodity: now, at a position of the log, as of an instant, on a day. It adds up to nothing.", Who.Staff, Permission.ViewFinancialReports)
            .Reads<TrialBalanceResponse>();
        _ = api.MapGroup("/accounts").WithTags("Accounting").MapGet("/", List)
            .Is("listAccounts", "The chart of accounts, with what each holds.", Who.Staff, Permission.ViewFinancialReports)
            .Reads<ChartResponse>();
    }

    private static async Task<IResult> Get(Call call, BooksAsked books, TrialBalance balances, CancellationToken ct)
    {
        var lines = await balances.On(call.Tenant, books.Day, books.At, books.Position, ct);
        return TypedResults.Json(new TrialBalanceResponse(
            books.Position, books.Day, [.. lines.Select(AccountResponse.From)],
            [.. lines.GroupBy(one => one.Commodity).Select(group => new CommodityTotal(group.Key, group.Sum(one => one.Debit), group.Sum(one => one.Credit)))]),
            LedgerJson.Options);
    }

    private static async Task<IResult> List(Call call, BooksAsked books, TrialBalance balances, CancellationToken ct) =>
        TypedResults.Json(
            new ChartResponse([.. (await balances.On(call.Tenant, books.Day, books.At, books.Position, ct)).Select(AccountResponse.From)]), LedgerJson.Options);
}

/// <param name="Position">What is in the log up to here is in it.</param>
/// <param name="On">What counts for this day, or one before, is in it.</param>
/// <param name="Totals">Debits and credits are the same, of every commodity.</param>
public sealed record TrialBalanceResponse(long Position, LocalDate On, IReadOnlyList<AccountResponse> Accounts, IReadOnlyList<CommodityTotal> Totals);

/// <summary>Every account that something was booked on.</summary>
public sealed record ChartResponse(IReadOnlyList<AccountResponse> Data);

/// <summary>All debits and all credits.</summary>
public sealed record CommodityTotal(string Commodity, long Debit, long Credit);

/// <summary>What an account holds, in the minor unit of its commodity.</summary>
/// <param name="Commodity">A currency's code, or POINTS.</param>
/// <param name="Balance">Debits less credits.</param>
public sealed record AccountResponse(string Account, string Commodity, long Debit, long Credit, long Balance)
{
    public static AccountResponse From(AccountLine line) => new(line.Account, line.Commodity, line.Debit, line.Credit, line.Balance);
}

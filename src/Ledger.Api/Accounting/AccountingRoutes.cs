namespace Ledger.Api.Accounting;

internal static class AccountingRoutes
{
    public static void MapAccounting(this IEndpointRouteBuilder api)
    {
        api.MapJournalEntries();
        api.MapTrialBalance();
        api.MapJournalExport();
        api.MapExplanations();
    }
}

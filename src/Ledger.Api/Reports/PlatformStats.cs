namespace Ledger.Api.Reports;

/// <param name="TotalAdmins">Who look after the tenants.</param>
public sealed record PlatformStats(
    long TotalMerchants, long TotalAdmins, long TotalOrders, long TotalSuccessfulPayments, long TotalSuccessfulRefunds, long TotalCanceledPayments);

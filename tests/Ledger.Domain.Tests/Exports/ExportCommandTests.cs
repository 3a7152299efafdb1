using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Exports.Export, Ledger.Domain.Exports.ExportEvent>;

namespace Ledger.Domain.Tests.Exports;

public class ExportCommandTests
{
    private static readonly ExportId Id = ExportId.From(Number(460));
    private static readonly LocalDate Today = new(2025, 11, 1);
    private static readonly ExportRequested Asked = new(Id, ExportResource.Payments, ExportFormat.Csv, Today, new(Status: "failed"));
    private static readonly ExportCompleted Done = new(Id, 2, 345, Instant.FromUtc(2025, 11, 2, 12, 0));

    private static readonly RequestExport Wish = new(Id, ExportResource.Payments, ExportFormat.Csv, new(Status: "failed"), Today);

    [Fact]
    public void It_is_asked_for() => Given().When(Wish).Then(Asked);

    [Fact]
    public void A_filter_that_narrows_nothing_is_none() => Given().When(Wish with { Filter = new() }).Then(Asked with { Filter = null });

    [Fact]
    public void Again_changes_nothing() => Given(Asked).When(Wish).ThenNothing();

    [Fact]
    public void It_is_completed_once()
    {
        Given(Asked).When(new CompleteExport(Id, 2, 345, Done.ExpiresAt)).Then(Done);
        Given(Asked, Done).When(new CompleteExport(Id, 3, 1, Done.ExpiresAt)).ThenNothing();
        Given(Asked, Done).When(new FailExport(Id, "too_many_rows")).ThenNothing();
        Given().When(new CompleteExport(Id, 2, 345, Done.ExpiresAt)).ThenRejected(ExportRejections.NotFound);
    }

    [Fact]
    public void It_fails_once()
    {
        Given(Asked).When(new FailExport(Id, "too_many_rows")).Then(new ExportFailed(Id, "too_many_rows"));
        Given(Asked, new ExportFailed(Id, "too_many_rows")).When(new FailExport(Id, "too_many_rows")).ThenNothing();
        Given(Asked, new ExportFailed(Id, "too_many_rows")).When(new CompleteExport(Id, 2, 345, Done.ExpiresAt)).ThenNothing();
        Given().When(new FailExport(Id, "x")).ThenRejected(ExportRejections.NotFound);
    }
}

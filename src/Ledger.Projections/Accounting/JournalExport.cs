using Ledger.Domain.Accounting;

namespace Ledger.Projections.Accounting;

/// <summary>Writes a tenant's journal as a file that accounting programs read, as it is read from the database.</summary>
/// <remarks>
/// First every entry in the order of its day, then, day by day, what was earned by itself; last, unless it begins later than
/// the books do, the balances of its last day, which whoever reads the file checks.
/// </remarks>
public sealed class JournalExport(JournalReader journal, TrialBalance balances)
{
    private static readonly LocalDate Beginning = new(1990, 1, 1);

    /// <param name="to">The last day that is in it.</param>
    /// <param name="position">What is in the log up to here is in it.</param>
    public async Task Write(string tenant, JournalFormat format, LocalDate? from, LocalDate to, long position, TextWriter output, CancellationToken ct)
    {
        var text = PlainText.Of(format);
        var first = from ?? Beginning;
        var accounts = await balances.On(tenant, to, at: null, position, ct);
        await Write(text.Head(accounts, first), output, ct);
        await foreach (var row in journal.Entries(tenant, first, to, position, ct))
            await Write(text.Entry(row.OnDate, $"{row.CreatedPosition}", row.Description, Json.To<List<Posting>>(row.Postings)!), output, ct);

        foreach (var moved in await journal.Moved(tenant, first, to, position, ct))
        {
            await Write(text.Entry(moved.On, null, "earned", [new(moved.From, moved.Amount, moved.Commodity), new(moved.To, -moved.Amount, moved.Commodity)]),
                output, ct);
        }

        if (from is null) await Write(text.Balances(to, accounts), output, ct);
    }

    private static async Task Write(IEnumerable<string> lines, TextWriter output, CancellationToken ct)
    {
        foreach (var line in lines) await output.WriteAsync($"{line}\n".AsMemory(), ct);
    }
}

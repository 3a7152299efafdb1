using Ledger.Domain.Amounts;
using Ledger.Gateways.Payments;

namespace Ledger.Application.Importing;

/// <summary>A file of subscribers and the mapping that explains it. It is read twice: looked at, then imported.</summary>
public sealed class ImportSource
{
    /// <summary>How many bad rows are told of; with more, the rest of the file is not looked at.</summary>
    public const int FaultsMax = 20;

    /// <summary>Rows of one file, so that looking for the same id twice needs little memory. A larger file is to be split.</summary>
    public const int RowsMax = 1_000_000;

    private readonly string path;
    private readonly SubscriberMapping mapping;
    private readonly Currency currency;
    private readonly IPaymentProvider provider;

    /// <exception cref="ImportFaultException">The mapping is wrong, or does not fit the file.</exception>
    public ImportSource(string path, string mappingJson, Currency tenantCurrency, IPaymentProvider provider)
    {
        (this.path, currency, this.provider, mapping) = (path, tenantCurrency, provider, SubscriberMapping.Parse(mappingJson));
        if (mapping.Provider is { } name && name != provider.Name)
            throw new ImportFaultException("payment_method.provider", $"\"{name}\" is no provider here; there is {provider.Name}");
        using var file = new SubscriberFile(path);
        file.Check(mapping);
        _ = new RowReader(file, mapping, currency, provider);
    }

    /// <summary>Looks at every row without writing anything.</summary>
    /// <param name="today">The current date in the tenant's zone.</param>
    /// <param name="isBilledHere">Whether a subscriber whose past is to be billed was imported before: nothing more is billed for it.</param>
    public async Task<ImportReview> Check(LocalDate today, Func<SubscriberRow, ValueTask<bool>> isBilledHere, CancellationToken ct)
    {
        var (rows, faults, seen, due) = (0L, new List<ImportFault>(), new HashSet<Guid>(), DueAtOnce.Nothing(mapping.CurrencyOf(currency)));
        using var file = new SubscriberFile(path);
        var reader = new RowReader(file, mapping, currency, provider);
        while (faults.Count < FaultsMax)
        {
            ct.ThrowIfCancellationRequested();
            var before = file.Row;
            try
            {
                if (await reader.Next(ct) is not { } row) break;
                if (!seen.Add(DerivedId.Of(Guid.Empty, row.ExternalId)))
                    throw new ImportFaultException(mapping.ExternalId.Fault($"\"{row.ExternalId}\" stands in a row above as well").Fault with { Row = row.Number });
                var one = DueAtOnce.Of(row, today);
                if (one.Late == 0 || !await isBilledHere(row)) due += one;
                if (++rows > RowsMax) throw new ImportFaultException(new ImportFault("", null, row.Number, $"a file may have {RowsMax} rows; split it"));
            }
            catch (ImportFaultException e)
            {
                faults.Add(e.Fault);
                if (file.Row == before || rows > RowsMax) break;   // Nothing after this can be read.
            }
        }

        return new(rows, faults, due);
    }

    /// <summary>The rows, one after the other.</summary>
    /// <exception cref="ImportFaultException">The file has changed since it was looked at.</exception>
    public async IAsyncEnumerable<SubscriberRow> Rows([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var file = new SubscriberFile(path);
        var reader = new RowReader(file, mapping, currency, provider);
        while (await reader.Next(ct) is { } row) yield return row;
    }
}

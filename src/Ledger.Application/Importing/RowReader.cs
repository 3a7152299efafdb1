using System.Globalization;
using Ledger.Application.Customers;
using Ledger.Domain.Amounts;
using Ledger.Gateways.Entered;
using Ledger.Gateways.Payments;
using NodaTime.Text;

namespace Ledger.Application.Importing;

/// <summary>Makes subscribers of a file's rows, or says what is wrong with them.</summary>
internal sealed class RowReader(SubscriberFile file, SubscriberMapping mapping, Currency tenantCurrency, IPaymentProvider provider)
{
    private const int TextLengthMax = 500;
    private const int TokensKeptMax = 10_000;
    private readonly Dictionary<string, TokenDescription?> tokens = [];
    private readonly Currency currency = mapping.CurrencyOf(tenantCurrency);

    /// <summary>The next row; null at the end.</summary>
    /// <exception cref="ImportFaultException">The row is not fit to import; the one after it may be.</exception>
    public async ValueTask<SubscriberRow?> Next(CancellationToken ct)
    {
        if (!file.Next()) return null;
        try
        {
            file.CheckWidth();
            return new(file.Row, Text(mapping.ExternalId, Domain.Metadata.ExternalIdLengthMax), Details(), await Card(ct), Plan(), HasLeft());
        }
        catch (ImportFaultException e) { throw new ImportFaultException(e.Fault with { Row = file.Row }); }
    }

    private string Text(MappedField field, int lengthMax) => Optional(field, lengthMax) ?? throw field.Fault("is empty");

    private string? Optional(MappedField field, int lengthMax = TextLengthMax) => field.In(file.Cell) switch
    {
        null => null,
        { Length: var length } when length > lengthMax => throw field.Fault($"has {length} characters, and may have {lengthMax}"),
        var text when text.Any(char.IsControl) => throw field.Fault("has a control character"),
        var text when EnteredText.TryNormalize(text, out var normal) => normal,
        _ => throw field.Fault("has an invisible mark, or half of a character"),
    };

    private Domain.Customers.CustomerDetails Details()
    {
        var details = SubscriberDetails.Of(mapping.Details.Select(one => KeyValuePair.Create(one.Key, Optional(one.Value))));
        if (details.Email is { } email && !EmailAddress.IsValid(email)) throw mapping.Details["email"].Fault("is no e-mail address such as anna@example.org");
        if (details.PhoneNumber is { } phone && !TelephoneNumbers.IsValid(phone)) throw mapping.Details["phone_number"].Fault("is no telephone number such as +354 555 1234");
        return details;
    }

    private async ValueTask<SubscriberCard?> Card(CancellationToken ct)
    {
        if (mapping.Token is not { } field || Optional(field) is not { } token) return null;
        if (!tokens.TryGetValue(token, out var description))
        {
            if (tokens.Count >= TokensKeptMax) tokens.Clear();
            tokens[token] = description = await provider.Describe(token, ct);
        }

        return description is null
            ? throw field.Fault($"the provider {provider.Name} knows no token \"{token}\"")
            : new(provider.Name, token, description);
    }

    private SubscriberPlan Plan()
    {
        var startOn = Date(mapping.StartOn, Text(mapping.StartOn, TextLengthMax));
        var paidUntil = mapping.PaidUntil is { } field && Optional(field) is { } text ? Date(field, text) : (LocalDate?)null;
        if (paidUntil < startOn) throw mapping.PaidUntil!.Fault($"\"{paidUntil:uuuu-MM-dd}\" is before the start, {startOn:uuuu-MM-dd}");
        return new(startOn, paidUntil, FrequencyOf(), Price(), Text(mapping.Description, TextLengthMax));
    }

    private static LocalDate Date(MappedField field, string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is not { Success: true, Value: var date }) throw field.Fault($"\"{text}\" is no date such as 2026-01-31");
        return EnteredDate.IsPossible(date) ? date : throw field.Fault($"\"{text}\" is no day {EnteredDate.Range}");
    }

    private Frequency FrequencyOf()
    {
        var text = Text(mapping.Frequency, TextLengthMax);
        return Frequency.TryParse(text, out var frequency) && frequency.MayBeOffered
            ? frequency
            : throw mapping.Frequency.Fault($"\"{text}\" is no frequency such as monthly, yearly or every_2_weeks");
    }

    private Money Price()
    {
        var text = Text(mapping.Price, TextLengthMax);
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major))
            throw mapping.Price.Fault($"\"{text}\" is no price such as 29.85");
        if (decimal.Round(major, currency.Exponent) != major)
            throw mapping.Price.Fault($"\"{text}\" has more decimals than the {currency.Exponent} of {currency}");
        return major <= (decimal)WantedItem.TotalMax / 10_000 ? Money.FromDecimal(major, currency) : throw mapping.Price.Fault($"\"{text}\" is too much");
    }

    private bool HasLeft() => mapping.Cancelled is { } field && Optional(field) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw field.Fault($"\"{text}\" is neither true nor false; say in values what it means"),
    };
}

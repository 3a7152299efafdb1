using System.CommandLine;
using System.Globalization;
using Ledger.Domain.Amounts;
using NodaTime.Text;

namespace Ledger.Cli;

/// <summary>The arguments that several commands share, and how their text is understood.</summary>
internal static class Asked
{
    public static Option<string> Tenant() => new("--tenant", "-t") { Description = "Its id or its name.", Required = true, HelpName = "tenant" };

    public static Argument<Guid?> OptionalId(string description) => new("id")
    {
        Description = description, Arity = ArgumentArity.ZeroOrOne, CustomParser = result => AsId(result, result.Tokens.SingleOrDefault()?.Value),
    };

    public static Argument<Guid> Id(string description) => new("id")
    {
        Description = description, CustomParser = result => AsId(result, result.Tokens[0].Value) ?? default,
    };

    private static Guid? AsId(System.CommandLine.Parsing.ArgumentResult result, string? text)
    {
        if (text is null) return null;
        if (Guid.TryParse(text, out var id)) return id;
        result.AddError($"an id is a UUID such as 0198f3a2-5c1e-7c3f-9a51-2f4e8d0b7c66, not \"{text}\"");
        return null;
    }

    public static Option<string> Name(string description) => new("--name", "-n") { Description = description, Required = true, HelpName = "name" };

    public static Option<LocalDate?> Date(string name, string description) =>
        Read<LocalDate?>(name, description, "date", "a date such as 2026-01-31", text => LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value : null);

    public static Option<Currency?> Currency(string name, string description) =>
        Read<Currency?>(name, description, "code", "a currency such as USD", text => Domain.Amounts.Currency.TryParse(text, out var currency) ? currency : null);

    public static Option<DateTimeZone?> Zone(string name, string description) =>
        Read(name, description, "zone", "a time zone such as America/New_York", DateTimeZoneProviders.Tzdb.GetZoneOrNull);

    /// <summary>An instant, or a date that stands for its first moment in a tenant's zone.</summary>
    public static Option<Func<DateTimeZone, Instant>?> Moment(string name, string description) =>
        Read<Func<DateTimeZone, Instant>?>(name, description, "instant", "an instant such as 2026-01-31T12:00:00Z, or a date", text =>
            LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? zone => BusinessTime.StartOf(date, zone)
            : InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var instant } ? _ => instant : null);

    public static Option<IReadOnlyList<Frequency>?> Frequencies(string name, string description) =>
        Read<IReadOnlyList<Frequency>?>(name, description, "list", "frequencies such as monthly,yearly", text =>
        {
            var all = text.Split(',', StringSplitOptions.TrimEntries).Select(one => Frequency.TryParse(one, out var frequency) && frequency.MayBeOffered ? frequency : null).ToList();
            return all.Contains(null) ? null : [.. all.OfType<Frequency>()];
        });

    public static Option<IReadOnlyList<int>?> Days(string name, string description, int most, int daysMost) =>
        Read<IReadOnlyList<int>?>(name, description, "list", $"at most {most} numbers of days from 1 to {daysMost}, such as 1,3,5", text =>
        {
            var all = text.Split(',', StringSplitOptions.TrimEntries)
                .Select(one => int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days >= 1 && days <= daysMost ? days : 0).ToList();
            return all.Count <= most && !all.Contains(0) ? all : null;
        });

    public static Option<int> Number(string name, string description, int least, int most, int otherwise)
    {
        var option = new Option<int>(name) { Description = $"{description}, {least} to {most}.", DefaultValueFactory = _ => otherwise, HelpName = "number" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < least || number > most))
                result.AddError($"{name} is to be from {least} to {most}");
        });
        return option;
    }

    /// <param name="read">Null for a text that is not understood.</param>
    private static Option<T?> Read<T>(string name, string description, string what, string example, Func<string, T?> read) => new(name)
    {
        Description = description, HelpName = what,
        CustomParser = result =>
        {
            var value = read(result.Tokens[0].Value);
            if (value is null) result.AddError($"{name} is to be {example}, not \"{result.Tokens[0].Value}\"");
            return value;
        },
    };
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ledger.EventStore.Projecting;

/// <summary>What a view's code comes to, in short: its columns, and what it makes of each kind of event that it takes note of.</summary>
/// <param name="Columns">A hash of the table's definition.</param>
/// <param name="Effects">A hash for each kind of event, by its name.</param>
public sealed record ViewPrint(string Name, int Version, string Columns, IReadOnlyDictionary<string, string> Effects)
{
    private const int Digits = 12;

    public static string ColumnsOf(View view) => Hash(string.Join(' ', view.Columns.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];

    /// <summary>In which respect this is other code than what a table was made by; null for the same. Kinds of events that only one of them knows do not count.</summary>
    internal string? DiffersFrom(string columns, IReadOnlySet<string> knownThen, IReadOnlyDictionary<string, string> effectsThen, IReadOnlySet<string> knownNow)
    {
        if (columns != Columns) return "its columns are others";
        var changed = knownThen.Intersect(knownNow)
            .Where(kind => effectsThen.GetValueOrDefault(kind) != Effects.GetValueOrDefault(kind)).Order(StringComparer.Ordinal).ToList();
        return changed.Count == 0 ? null : $"it makes something else of {string.Join(", ", changed)}";
    }
}

/// <summary>The prints of a program's views, and every kind of event that it knows.</summary>
/// <remarks>Written down with the code and held to it by a test, so that they cost nothing at the start and are the same on every machine.</remarks>
public sealed record ViewPrints(IReadOnlyList<ViewPrint> Views, IReadOnlySet<string> Known)
{
    public static ViewPrints None { get; } = new([], new HashSet<string>());

    /// <summary>Compares with what the tables were made by, and notes it for those that have nothing noted.</summary>
    /// <exception cref="ViewChangedException">The code of a version is not what its table was made by.</exception>
    internal async Task Check(NpgsqlConnection connection, CancellationToken ct)
    {
        await Run(connection, """
            delete from ledger.view_prints p where not exists (
                select from ledger.views v where v.name = p.name and p.version in (v.version, v.previous_version, v.candidate_version))
            """, [], ct);
        foreach (var print in Views)
        {
            if (await DiffersFromNoted(print, connection, ct) is { } difference) throw new ViewChangedException(print.Name, print.Version, difference);
            await Run(connection, """
                insert into ledger.view_prints as p (name, version, columns, known, effects) values ($1, $2, $3, $4, $5::jsonb)
                on conflict (name, version) do update set known = excluded.known, effects = excluded.effects where p.known <@ excluded.known
                """, [print.Name, print.Version, print.Columns, Known.Order(StringComparer.Ordinal).ToArray(), JsonSerializer.Serialize(print.Effects)], ct);
        }
    }

    private async Task<string?> DiffersFromNoted(ViewPrint print, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Command(connection, "select columns, known, effects::text from ledger.view_prints where name = $1 and version = $2", [print.Name, print.Version]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? print.DiffersFrom(reader.GetString(0), reader.GetFieldValue<string[]>(1).ToHashSet(), JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(2))!, Known)
            : null;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, object[] values, CancellationToken ct)
    {
        await using var command = Command(connection, sql, values);
        _ = await command.ExecuteNonQueryAsync(ct);
    }

#pragma warning disable CA2100 // The texts are constants above.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) _ = command.Parameters.Add(new() { Value = value });
        return command;
    }
#pragma warning restore CA2100
}

/// <summary>A view's code has changed and its version has not: its rows of the past would be of other code than those to come.</summary>
public sealed class ViewChangedException(string name, int version, string difference) : Exception(
    $"The view {name} has changed and its version has not: {difference} than in version {version}, by which its table was made. Raise its version; it is then built anew beside that table.");

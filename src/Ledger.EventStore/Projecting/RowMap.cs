using System.Linq.Expressions;
using System.Reflection;

namespace Ledger.EventStore.Projecting;

/// <summary>Between a record and the columns of its table, by name and in order.</summary>
internal static class RowMap<TRow> where TRow : class
{
    private static readonly ConstructorInfo Constructor = typeof(TRow).GetConstructors().MaxBy(one => one.GetParameters().Length)!;

    public static readonly IReadOnlyList<RowColumn<TRow>> Columns =
        [.. Constructor.GetParameters().Select(parameter => RowColumn<TRow>.Of(typeof(TRow).GetProperty(parameter.Name!)!))];

    public static readonly string ColumnList = string.Join(", ", Columns.Select(one => one.Name));

    public static readonly Func<NpgsqlDataReader, TRow> Read = CompileRead();

    public static readonly Func<TRow, (string Tenant, Guid Id)> Key = CompileKey();

    private static Func<NpgsqlDataReader, TRow> CompileRead()
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        var values = Columns.Select((column, i) => column.ReadFrom(reader, i));
        return Expression.Lambda<Func<NpgsqlDataReader, TRow>>(Expression.New(Constructor, values), reader).Compile();
    }

    private static Func<TRow, (string, Guid)> CompileKey()
    {
        var row = Expression.Parameter(typeof(TRow));
        var key = Expression.New(
            typeof((string, Guid)).GetConstructor([typeof(string), typeof(Guid)])!,
            Expression.Property(row, "TenantId"), Expression.Property(row, "Id"));
        return Expression.Lambda<Func<TRow, (string, Guid)>>(key, row).Compile();
    }
}

/// <summary>One column of a row: how it is named, kept and read.</summary>
internal abstract class RowColumn<TRow>(string name)
{
    public string Name => name;

    public abstract Expression ReadFrom(Expression reader, int ordinal);

    /// <summary>The values of these rows, as one array.</summary>
    public abstract NpgsqlParameter Values(IReadOnlyList<TRow> rows);

    public abstract Task Copy(NpgsqlBinaryImporter importer, TRow row, CancellationToken ct);

    public static RowColumn<TRow> Of(PropertyInfo property) =>
        (RowColumn<TRow>)Activator.CreateInstance(typeof(RowColumn<,,>).MakeGenericType([typeof(TRow), .. Kinds(property)]), property)!;

    private static Type[] Kinds(PropertyInfo property)
    {
        var type = property.PropertyType;
        var stored = type == typeof(Instant) ? typeof(DateTime)
            : type == typeof(Instant?) ? typeof(DateTime?)
            : type == typeof(LocalDate) ? typeof(DateOnly)
            : type == typeof(LocalDate?) ? typeof(DateOnly?)
            : type;
        return [type, stored];
    }
}

internal sealed class RowColumn<TRow, TValue, TStored>(PropertyInfo property) : RowColumn<TRow>(EventTypes.SnakeCase(property.Name))
{
    private readonly Func<TRow, TValue> get = property.GetMethod!.CreateDelegate<Func<TRow, TValue>>();

    private readonly NpgsqlDbType type = TypeOf(property.GetCustomAttribute<JsonColumnAttribute>() is not null);

    private static NpgsqlDbType TypeOf(bool isJson) => isJson ? NpgsqlDbType.Jsonb : (Nullable.GetUnderlyingType(typeof(TStored)) ?? typeof(TStored)) switch
    {
        var one when one == typeof(string) => NpgsqlDbType.Text,
        var one when one == typeof(Guid) => NpgsqlDbType.Uuid,
        var one when one == typeof(long) => NpgsqlDbType.Bigint,
        var one when one == typeof(int) => NpgsqlDbType.Integer,
        var one when one == typeof(short) => NpgsqlDbType.Smallint,
        var one when one == typeof(bool) => NpgsqlDbType.Boolean,
        var one when one == typeof(decimal) => NpgsqlDbType.Numeric,
        var one when one == typeof(DateTime) => NpgsqlDbType.TimestampTz,
        var one when one == typeof(DateOnly) => NpgsqlDbType.Date,
        var one => throw new NotSupportedException($"A view's column cannot be a {one.Name}."),
    };

    public override Expression ReadFrom(Expression reader, int ordinal)
    {
        var at = Expression.Constant(ordinal);
        var stored = Nullable.GetUnderlyingType(typeof(TStored)) ?? typeof(TStored);
        var value = Expression.Convert(
            FromStored(Expression.Call(reader, nameof(NpgsqlDataReader.GetFieldValue), [stored], at)), typeof(TValue));
        return Expression.Condition(
            Expression.Call(reader, nameof(NpgsqlDataReader.IsDBNull), null, at), Expression.Default(typeof(TValue)), value);
    }

    public override NpgsqlParameter Values(IReadOnlyList<TRow> rows)
    {
        var values = new TStored[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ToStored(get(rows[i]));
        return new NpgsqlParameter<TStored[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    public override Task Copy(NpgsqlBinaryImporter importer, TRow row, CancellationToken ct) =>
        ToStored(get(row)) is { } value ? importer.WriteAsync(value, type, ct) : importer.WriteNullAsync(ct);

    private static Expression FromStored(Expression stored) => stored.Type switch
    {
        var one when one == typeof(DateTime) => Expression.Call(typeof(Instant), nameof(Instant.FromDateTimeUtc), null, stored),
        var one when one == typeof(DateOnly) => Expression.Call(typeof(LocalDate), nameof(LocalDate.FromDateOnly), null, stored),
        _ => stored,
    };

    private static TStored ToStored(TValue value) => value switch
    {
        Instant instant => (TStored)(object)instant.ToDateTimeUtc(),
        LocalDate date => (TStored)(object)date.ToDateOnly(),
        null => default!,
        _ => (TStored)(object)value,
    };
}

/// <summary>The text of this member is JSON and stands in a <c>jsonb</c> column.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JsonColumnAttribute : Attribute;

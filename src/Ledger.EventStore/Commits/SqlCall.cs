using Weasel.Core;
using Weasel.Storage;

namespace Ledger.EventStore.Commits;

/// <summary>A call of a database function whose arguments are columns of rows; a column without rows is not sent.</summary>
internal abstract class SqlCall(string select)
{
    private readonly List<Column> columns = [];

    /// <summary>The call as a statement of its own.</summary>
    public NpgsqlCommand Command(NpgsqlConnection connection)
    {
        var given = columns.FindAll(one => !one.IsEmpty);
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text has nothing but the names of parameters.
        command.CommandText = $"{select}({string.Join(", ", given.Select((column, n) => $"{column.Name} => ${n + 1}"))})";
#pragma warning restore CA2100
        foreach (var column in given) _ = command.Parameters.Add(column.Parameter());
        return command;
    }

    /// <summary>The call as one of the statements that a session sends when it is saved, after its events.</summary>
    public Statement Queued => new(select, columns.FindAll(one => !one.IsEmpty));

    /// <summary>The call as the first statement that a session sends when it is saved.</summary>
    /// <param name="read">Given what it answers.</param>
    protected Statement First(Action<NpgsqlDataReader> read) => new(select, columns.FindAll(one => !one.IsEmpty), read);

    protected Column<T> Add<T>(string name, NpgsqlDbType type)
    {
        var column = new Column<T>(name, NpgsqlDbType.Array | type);
        columns.Add(column);
        return column;
    }

    /// <summary>An argument that is one value, always sent.</summary>
    protected void Add(string name, object value, NpgsqlDbType type) => columns.Add(new Single(name, value, type));

    protected Column<int> Int(string name) => Add<int>(name, NpgsqlDbType.Integer);
    protected Column<long> Long(string name) => Add<long>(name, NpgsqlDbType.Bigint);
    protected Column<bool> Bool(string name) => Add<bool>(name, NpgsqlDbType.Boolean);
    protected Column<Guid> Uuid(string name) => Add<Guid>(name, NpgsqlDbType.Uuid);
    protected Column<string?> Text(string name) => Add<string?>(name, NpgsqlDbType.Text);
    protected Column<string?> Json(string name) => Add<string?>(name, NpgsqlDbType.Jsonb);
    protected Column<byte[]?> Bytes(string name) => Add<byte[]?>(name, NpgsqlDbType.Bytea);

    internal abstract class Column(string name, NpgsqlDbType type)
    {
        public string Name => name;
        public NpgsqlDbType Type => type;
        public abstract object Value { get; }
        public abstract bool IsEmpty { get; }

        public NpgsqlParameter Parameter() => new() { Value = Value, NpgsqlDbType = type };
    }

    internal sealed class Column<T>(string name, NpgsqlDbType type) : Column(name, type)
    {
        private readonly List<T> values = [];

        public override object Value => values;
        public override bool IsEmpty => values.Count == 0;
        public void Add(T value) => values.Add(value);
    }

    private sealed class Single(string name, object value, NpgsqlDbType type) : Column(name, type)
    {
        public override object Value => value;
        public override bool IsEmpty => false;
    }

    /// <param name="read">Of what comes before the events, whose kind it therefore says it has.</param>
    internal sealed class Statement(string select, IReadOnlyList<Column> given, Action<NpgsqlDataReader>? read = null)
        : Marten.Internal.Operations.IStorageOperation
    {
        public Type DocumentType => read is null ? typeof(Statement) : typeof(JasperFx.Events.IEvent);

        public OperationRole Role() => OperationRole.Other;

        public void ConfigureCommand(Weasel.Postgresql.ICommandBuilder builder, IStorageSession session)
        {
            builder.Append(select);
            builder.Append("(");
            for (var i = 0; i < given.Count; i++)
            {
                builder.Append(i == 0 ? $"{given[i].Name} => " : $", {given[i].Name} => ");
                builder.AppendParameter(given[i].Value, given[i].Type);
            }

            builder.Append(")");
        }

        public async Task PostprocessAsync(System.Data.Common.DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
        {
            if (read is null) return;
            _ = await reader.ReadAsync(token);
            read((NpgsqlDataReader)reader);
        }
    }
}

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

    /// <summary>The call as one of the statements that a session sends when it is saved.</summary>
    public Operation Queued => new(select, columns.FindAll(one => !one.IsEmpty));

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

    internal sealed class Operation(string select, IReadOnlyList<Column> given) : Marten.Internal.Operations.IStorageOperation, NoDataReturnedCall
    {
        public Type DocumentType => typeof(Operation);

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

        public Task PostprocessAsync(System.Data.Common.DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
    }
}

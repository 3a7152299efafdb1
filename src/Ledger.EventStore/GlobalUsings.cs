global using System.Data;
global using Ledger.Decisions;
global using NodaTime;
global using Npgsql;
global using NpgsqlTypes;
global using Ledger.EventStore.Database;
global using Ledger.EventStore.Commits;
global using Ledger.EventStore.Events;

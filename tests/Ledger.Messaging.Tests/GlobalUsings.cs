global using Ledger.Decisions;
global using Ledger.EventStore.Commits;
global using NodaTime;
global using Ledger.EventStore.Log;

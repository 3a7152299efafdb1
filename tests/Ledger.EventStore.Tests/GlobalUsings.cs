global using Ledger.Decisions;
global using Ledger.EventStore.Commits;
global using Ledger.EventStore.Database;
global using Ledger.EventStore.Events;
global using Ledger.EventStore.Tests.Counters;
global using NodaTime;
global using Ledger.EventStore.Log;

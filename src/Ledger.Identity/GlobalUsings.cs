global using Ledger.Domain.Tenancy;
global using Ledger.EventStore.Commits;
global using Ledger.EventStore.Database;
global using Ledger.EventStore.PersonalData;
global using NodaTime;

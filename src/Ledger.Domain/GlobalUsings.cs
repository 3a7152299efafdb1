global using NodaTime;
global using Ledger.Domain.Time;

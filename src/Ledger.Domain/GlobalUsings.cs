global using System.Diagnostics;
global using Ledger.Decisions;
global using Ledger.Domain.Amounts;
global using Ledger.Domain.Time;
global using NodaTime;

global using NodaTime;
global using System.Diagnostics;
global using Ledger.Domain.Amounts;
global using Ledger.Domain.Time;

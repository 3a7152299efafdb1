global using Ledger.Testing.Http;
global using Ledger.Testing;
global using Ledger.Testing.PersonalData;

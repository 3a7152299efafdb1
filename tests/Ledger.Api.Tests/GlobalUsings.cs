global using Ledger.Testing.Http;

using Ledger.Workers.CommandLine;

return await LedgerCommandLine.Run(args);

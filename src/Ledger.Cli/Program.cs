using Ledger.Cli;

return await LedgerCommandLine.Run(args);

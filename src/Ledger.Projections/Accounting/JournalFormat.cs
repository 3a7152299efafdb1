namespace Ledger.Projections.Accounting;

/// <summary>What a journal is written as: the three plain-text accounting programs' own, or a table.</summary>
public enum JournalFormat { Hledger, Ledger, Beancount, Csv }

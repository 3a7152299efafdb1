namespace Ledger.LocalPostgres;

/// <summary>There is no cluster to be had, and the message says to a person what to do about it.</summary>
public class ClusterUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

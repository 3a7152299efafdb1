namespace Ledger.LocalPostgres;

/// <summary>Another living program runs this cluster.</summary>
public sealed class ClusterTakenException(string message, Exception? cause = null) : ClusterUnavailableException(message, cause);

namespace Ledger.Torture;

/// <param name="Kills">How many programs and servers are killed; other faults come on top.</param>
/// <param name="Seed">The same seed gives the same plan of faults and the same wishes of clients.</param>
/// <param name="Subscribers">How many there are before the faults begin.</param>
/// <param name="Clients">How many send requests at once.</param>
/// <param name="Days">How far the clock is moved at a time.</param>
/// <param name="Directory">Where all files live; null for a directory that is removed.</param>
internal sealed record TortureOptions(int Kills, int Seed, int Subscribers = 80, int Clients = 4, int Days = 7, string? Directory = null);

namespace Ledger.LocalPostgres;

/// <summary>Starts the server again whenever it dies, until told to end.</summary>
internal sealed class ServerWatch : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(30);

    private readonly ServerLaunch _launch;
    private readonly PrivateClusterOptions _options;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;
    private volatile Postmaster _current;

    public ServerWatch(ServerLaunch launch, Postmaster postmaster, PrivateClusterOptions options)
    {
        _launch = launch;
        _options = options;
        _current = postmaster;
        _watching = Task.Run(Watch);
    }

    public Postmaster Current => _current;

    /// <summary>Stops watching, and says which server runs now.</summary>
    public async Task<Postmaster> End()
    {
        await _ending.CancelAsync();
        await _watching;
        return _current;
    }

    public void Dispose() => _ending.Dispose();

    private async Task Watch()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Glance, _ending.Token);
                if (!_current.IsAlive)
                {
                    _options.Log($"PostgreSQL (process {_current.Pid}) died; starting it again.");
                    await StartAgain();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }

    private async Task StartAgain()
    {
        for (var delay = TimeSpan.FromSeconds(1); ; delay = delay * 2 < RetryDelayMax ? delay * 2 : RetryDelayMax)
        {
            try
            {
                var (postmaster, how) = await ServerStart.Begin(_launch, _options.ReadyWithin, _ending.Token);
                _current = postmaster;
                _options.Log($"PostgreSQL {how} (process {postmaster.Pid}).");
                return;
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                _options.Log($"PostgreSQL cannot be started again, next attempt in {delay.TotalSeconds} s: "
                             + failed.Message);
                await Task.Delay(delay, _ending.Token);
            }
        }
    }
}

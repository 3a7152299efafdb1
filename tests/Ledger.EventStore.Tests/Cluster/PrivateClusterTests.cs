using System.Collections.Concurrent;
using Ledger.LocalPostgres;
using Ledger.Testing;
using Npgsql;

namespace Ledger.EventStore.Tests.Cluster;

public sealed class PrivateClusterTests : IDisposable
{
    /// <summary>The first line of the server's pid file.</summary>
    private const string PostmasterOfSession = "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int";

    private readonly TestDirectory _directory = new();
    private readonly ConcurrentQueue<string> _log = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_committed_survives_a_restart()
    {
        await using (var first = await Start())
        {
            first.Summary.ShouldContain("created");
            await Run(first.ConnectionString, "create table kept (id int); insert into kept values (7)");
        }

        await using var second = await Start();
        second.Summary.ShouldContain("started");
        (await Run(second.ConnectionString, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task The_program_is_no_superuser_but_owns_its_database()
    {
        await using var cluster = await Start();
        const string rights = "select rolsuper::text || rolcreaterole || rolcanlogin from pg_roles "
                              + "where rolname = current_user and current_database() = 'ledger'";
        (await Run(cluster.ConnectionString, rights)).ShouldBe("falsetruetrue");
        (await Run(cluster.AdminConnectionString, rights)).ShouldBe("truetruetrue");
        (await Run(cluster.ConnectionString, "show timezone")).ShouldBe("UTC");
        (await Run(cluster.ConnectionString, "show fsync")).ShouldBe("on");
        (await Run(cluster.ConnectionString, "show data_checksums")).ShouldBe("on");
        (await Run(cluster.ConnectionString, "show server_encoding")).ShouldBe("UTF8");
        (await Run(cluster.ConnectionString, "show listen_addresses")).ShouldBe("");
    }

    [Fact]
    public async Task A_killed_server_is_started_again_at_the_same_address()
    {
        await using var cluster = await Start();
        await Run(cluster.ConnectionString, "create table kept (id int); insert into kept values (7)");
        var killed = cluster.PostmasterPid;

        Postmaster.Send(killed, Signal.Kill);

        (await Eventually(() => Run(cluster.ConnectionString, "select id from kept"))).ShouldBe(7);
        (await Run(cluster.AdminConnectionString, PostmasterOfSession)).ShouldNotBe(killed);
        _log.ShouldContain($"PostgreSQL (process {killed}) died; starting it again.");
    }

    [Fact]
    public async Task A_server_left_running_is_adopted()
    {
        var dead = await Start();
        await Run(dead.ConnectionString, "create table kept (id int); insert into kept values (7)");
        await dead.Abandon();

        await using var next = await Start();
        next.Summary.ShouldContain("adopted");
        next.PostmasterPid.ShouldBe(dead.PostmasterPid);
        (await Run(next.ConnectionString, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task Program_and_server_killed_together_are_recovered_while_a_session_still_works()
    {
        var dead = await Start();
        await Run(dead.ConnectionString, "create table kept (id int); insert into kept values (7)");
        var working = Run(dead.ConnectionString, "select count(*) from generate_series(1, 10000000000)");
        await Eventually(() => Run(dead.AdminConnectionString, "select 1 / count(*) from pg_stat_activity "
                                                               + "where state = 'active' and query like '%10000000000)'"
                                                               + " and pid <> pg_backend_pid()"));
        await dead.Abandon();
        Postmaster.Send(dead.PostmasterPid, Signal.Kill);

        await using var next = await Start();
        next.Summary.ShouldContain("recovered after a crash");
        (await Run(next.ConnectionString, "select id from kept")).ShouldBe(7);
        await Should.ThrowAsync<NpgsqlException>(working);
    }

    [Fact]
    public async Task A_pid_file_that_names_a_stranger_is_not_believed()
    {
        await using (await Start())
        {
        }

        var pidFile = Path.Combine(_directory.Path, "postgres", "data", "postmaster.pid");
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n{Path.GetDirectoryName(pidFile)}\n");

        await using var next = await Start();
        next.Summary.ShouldContain("recovered after a crash");
    }

    [Fact]
    public async Task The_lock_of_a_dead_servers_socket_is_in_nobodys_way_while_its_process_id_lives()
    {
        var dead = await Start();
        await dead.Abandon();
        Postmaster.Send(dead.PostmasterPid, Signal.Kill);

        // A server that nobody has reaped is found by its id like this one: alive, and of the server's user.
        var home = await ClusterHome.Prepare(Path.Combine(_directory.Path, "postgres"), CancellationToken.None);
        var stranger = ChildProcess.StartDetached(home.User.Name, "/dev/null", "sleep", ["600"]);
        try
        {
            await File.WriteAllTextAsync(home.SocketLock, $"{stranger}\n{home.Data}\n");
            await using var next = await Start();
            (await Run(next.ConnectionString, "select 1")).ShouldBe(1);
        }
        finally
        {
            Postmaster.Send(stranger, Signal.Kill);
        }
    }

    [Fact]
    public async Task Half_a_data_directory_is_thrown_away()
    {
        var half = Path.Combine(_directory.Path, "postgres", "data.new", "base");
        Directory.CreateDirectory(half);

        await using var cluster = await Start();
        cluster.Summary.ShouldContain("created");
        Directory.Exists(half).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_living_program_is_refused()
    {
        await using var first = await Start();
        var refused = await Should.ThrowAsync<ClusterUnavailableException>(() => Start());
        refused.Message.ShouldContain($"Another ledger (process {Environment.ProcessId})");
        (await Run(first.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_no_obstacle()
    {
        var deep = Path.Combine(new string('a', 60), new string('b', 60));
        await using var cluster = await Start(deep);
        (await Run(cluster.ConnectionString, "select 1")).ShouldBe(1);
        var sockets = new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Host!;
        sockets.ShouldStartWith("/tmp/ledger-");

        await cluster.DisposeAsync();
        Directory.Exists(sockets).ShouldBeFalse();
    }

    [Fact]
    public async Task A_place_the_server_cannot_reach_is_exchanged_for_one_it_can_and_found_again()
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return;
        }

        var hidden = Path.Combine(_directory.Path, "hidden");
        Directory.CreateDirectory(hidden, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string? elsewhere = null;
        try
        {
            await using (var first = await Start("hidden/postgres"))
            {
                elsewhere = new DirectoryInfo(Path.Combine(hidden, "postgres")).LinkTarget;
                elsewhere.ShouldNotBeNull();
                elsewhere.ShouldStartWith("/var/lib/ledger/");
                first.Summary.ShouldContain(elsewhere);
            }

            await using var second = await Start("hidden/postgres");
            second.Summary.ShouldContain("started");
        }
        finally
        {
            if (elsewhere is not null)
            {
                Directory.Delete(elsewhere, recursive: true);
            }
        }
    }

    [Fact]
    public async Task A_setting_the_server_refuses_is_told_with_its_reason()
    {
        var refused = await Should.ThrowAsync<ClusterUnavailableException>(() => PrivateCluster.Start(new()
        {
            Directory = Path.Combine(_directory.Path, "postgres"),
            Settings = new Dictionary<string, string> { ["max_connections"] = "many" },
        }));
        refused.Message.ShouldContain("max_connections");
    }

    [Fact]
    public async Task Binaries_that_are_not_there_are_told_by_name()
    {
        var refused = await Should.ThrowAsync<ClusterUnavailableException>(
            () => PrivateCluster.Start(new() { Directory = _directory.Path, Binaries = "/nowhere" }));
        refused.Message.ShouldContain("/nowhere");
    }

    private Task<PrivateCluster> Start(string directory = "postgres") =>
        PrivateCluster.Start(new() { Directory = Path.Combine(_directory.Path, directory), Log = _log.Enqueue });

    private static async Task<object?> Run(string connectionString, string sql)
    {
        // A pooled session would be one that a killed server had.
        await using var session = new NpgsqlConnection(connectionString + ";Pooling=false");
        await session.OpenAsync();
        await using var command = new NpgsqlCommand(sql, session) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The first answer within ten seconds.</summary>
    private static async Task<object?> Eventually(Func<Task<object?>> attempt)
    {
        for (var left = 200; ; left--)
        {
            try
            {
                return await attempt();
            }
            catch (NpgsqlException) when (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
